package import Tensor

/// The machine's own arithmetic on sums.
package struct NumberSums<Terms: SumTerms>: SumArithmetic {
  /// Makes the arithmetic.
  package init() {}

  @inline(__always)
  package static var cellSizeInBytes: Int { 1 }

  @inline(__always)
  package var channelsShareForms: Bool { false }

  @inline(__always)
  package var zero: Terms.Sum { Terms.zero }

  @inline(__always)
  package func load(_ place: ElementPlace) -> Terms.Sum { place.load(as: Terms.Sum.self) }

  @inline(__always)
  package func store(_ sum: Terms.Sum, to place: ElementPlace) { place.store(sum) }

  @inline(__always)
  package func add(_ element: ElementPlace, to sum: Terms.Sum) -> Terms.Sum {
    Terms.add(element.load(as: Terms.Element.self), to: sum)
  }

  package func add(form: Terms.Sum, to sum: Terms.Sum) -> Terms.Sum {
    preconditionFailure("channels of numbers share no form")
  }

  @inline(__always)
  package func add(
    _ element: ElementPlace, times weights: Weights, base: Int, position: Int, to sum: Terms.Sum
  ) -> Terms.Sum {
    Terms.add(
      element.load(as: Terms.Element.self), minus: weights.elementZeroPoint,
      times: weights.cells[base &+ position].load(as: Terms.Weight.self),
      minus: weights.weightZeroPoint, to: sum)
  }

  @inline(__always)
  package func add(
    _ left: ElementPlace, minus leftZero: Int32, times right: ElementPlace, minus rightZero: Int32,
    to sum: Terms.Sum
  ) -> Terms.Sum {
    Terms.add(
      left.load(as: Terms.Element.self), minus: leftZero,
      times: right.load(as: Terms.Weight.self), minus: rightZero, to: sum)
  }

  @inline(__always)
  package func finish<Function: SumFunction>(
    _ sum: Terms.Sum, _ function: Function, channel: Int, to target: ElementPlace
  ) where Function.Terms == Terms {
    target.store(function(sum, channel: channel))
  }
}
