internal import Tensor

/// The machine's own arithmetic on sums, under the eyes of a trace.
struct TracedSums<Terms: SumTerms>: SumArithmetic {
  private let trace: Trace
  private let numbers = NumberSums<Terms>()

  init(_ trace: Trace) { self.trace = trace }

  @inline(__always)
  static var cellSizeInBytes: Int { NumberSums<Terms>.cellSizeInBytes }

  @inline(__always)
  var channelsShareForms: Bool { numbers.channelsShareForms }

  @inline(__always)
  var zero: Terms.Sum { numbers.zero }

  @inline(__always)
  func load(_ place: ElementPlace) -> Terms.Sum {
    trace.read(place, MemoryLayout<Terms.Sum>.size)
    return numbers.load(place)
  }

  @inline(__always)
  func store(_ sum: Terms.Sum, to place: ElementPlace) {
    trace.write(place, MemoryLayout<Terms.Sum>.size)
    numbers.store(sum, to: place)
  }

  @inline(__always)
  func add(_ element: ElementPlace, to sum: Terms.Sum) -> Terms.Sum {
    trace.read(element, MemoryLayout<Terms.Element>.size)
    return numbers.add(element, to: sum)
  }

  func add(form: Terms.Sum, to sum: Terms.Sum) -> Terms.Sum { numbers.add(form: form, to: sum) }

  @inline(__always)
  func add(
    _ element: ElementPlace, times weights: Weights, base: Int, position: Int, to sum: Terms.Sum
  ) -> Terms.Sum {
    trace.read(element, MemoryLayout<Terms.Element>.size)
    trace.read(weights.cells[base &+ position], MemoryLayout<Terms.Weight>.size)
    return numbers.add(element, times: weights, base: base, position: position, to: sum)
  }

  @inline(__always)
  func add(
    _ left: ElementPlace, minus leftZero: Int32, times right: ElementPlace, minus rightZero: Int32,
    to sum: Terms.Sum
  ) -> Terms.Sum {
    trace.read(left, MemoryLayout<Terms.Element>.size)
    trace.read(right, MemoryLayout<Terms.Weight>.size)
    return numbers.add(left, minus: leftZero, times: right, minus: rightZero, to: sum)
  }

  @inline(__always)
  func finish<Function: SumFunction>(
    _ sum: Terms.Sum, _ function: Function, channel: Int, to target: ElementPlace
  ) where Function.Terms == Terms {
    trace.write(target, MemoryLayout<Function.Output>.size)
    numbers.finish(sum, function, channel: channel, to: target)
  }
}
