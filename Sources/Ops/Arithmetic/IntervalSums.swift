package import Tensor

/// Sums of codes as intervals: what they may be for any elements, under the weights that there are.
///
/// Elements are not read: each may be any code of its type. Weights are constants.
package struct IntervalSums<Terms: SumTerms>: SumArithmetic {
  /// What the sums that were stored may be, all together.
  package final class Bounds {
    /// Holds 0, the sum of nothing.
    package fileprivate(set) var interval = Interval(low: 0, high: 0)

    package init() {}
  }

  // One run uses the bounds at a time.
  nonisolated(unsafe) private let bounds: Bounds

  /// The arithmetic that collects into `bounds`.
  package init(_ bounds: Bounds) { self.bounds = bounds }

  package static var cellSizeInBytes: Int { 1 }
  package var channelsShareForms: Bool { false }
  package var zero: Interval { Interval(low: 0, high: 0) }

  package func load(_ place: ElementPlace) -> Interval { zero }

  package func store(_ sum: Interval, to place: ElementPlace) {
    bounds.interval = bounds.interval.union(sum)
  }

  package func add(_ element: ElementPlace, to sum: Interval) -> Interval {
    add(Self.codes(of: element), times: 1, to: sum)
  }

  package func add(form: Interval, to sum: Interval) -> Interval {
    Interval(low: sum.low + form.low, high: sum.high + form.high)
  }

  package func add(
    _ element: ElementPlace, times weights: Weights, base: Int, position: Int, to sum: Interval
  ) -> Interval {
    let codes = Self.codes(of: element)
    let zero = Int64(weights.elementZeroPoint)
    let weight = weights.cells[base + position].constantCode - Int64(weights.weightZeroPoint)
    return add(Interval(low: codes.low - zero, high: codes.high - zero), times: weight, to: sum)
  }

  package func add(
    _ left: ElementPlace, minus leftZero: Int32, times right: ElementPlace, minus rightZero: Int32,
    to sum: Interval
  ) -> Interval {
    let (left, right) = (Self.codes(of: left), Self.codes(of: right))
    let factors = [left.low - Int64(leftZero), left.high - Int64(leftZero)]
    let products = factors.flatMap {
      [$0 * (right.low - Int64(rightZero)), $0 * (right.high - Int64(rightZero))]
    }
    return Interval(
      low: sum.low + (products.min() ?? 0), high: sum.high + (products.max() ?? 0))
  }

  package func finish<Function: SumFunction>(
    _ sum: Interval, _ function: Function, channel: Int, to target: ElementPlace
  ) where Function.Terms == Terms {}

  private func add(_ values: Interval, times weight: Int64, to sum: Interval) -> Interval {
    let (one, other) = (values.low * weight, values.high * weight)
    return Interval(low: sum.low + min(one, other), high: sum.high + max(one, other))
  }

  /// All codes of an element's type, or the one that a constant has.
  private static func codes(of place: ElementPlace) -> Interval {
    if place.cells.isConstant { return Interval(low: place.constantCode, high: place.constantCode) }
    let codes = place.cells.element.codes ?? 0...0
    return Interval(low: Int64(codes.lowerBound), high: Int64(codes.upperBound))
  }
}

extension SummingKernel {
  /// What the sums of a call may be for any elements; `nil` where sums are no integers.
  ///
  /// - Complexity: that of one run of the call.
  package func sumBounds(of call: KernelCall, type: TensorType) -> Interval? {
    guard sumElement.codes != nil || sumElement == .int64 else { return nil }
    let bounds = IntervalSums<Terms>.Bounds()
    accumulate(call, into: TensorView(empty: type), fresh: true, in: IntervalSums<Terms>(bounds))
    return bounds.interval
  }
}
