internal import Ops
internal import Tensor

/// An arithmetic that computes nothing and counts how many terms sums get.
struct CountingArithmetic: Arithmetic {
  /// What stands for every element and every sum.
  struct Nothing: Sendable {}

  /// How many terms were added.
  final class Counter: @unchecked Sendable {
    var terms = 0
  }

  let counter: Counter

  static var cellSizeInBytes: Int { 1 }
  static var channelsShareForms: Bool { false }
  var zero: Nothing { Nothing() }

  func load(_ cells: Cells, _ offset: Int) -> Nothing { Nothing() }
  func store(_ value: Nothing, _ cells: Cells, _ offset: Int) {}
  func loadSum(_ cells: Cells, _ offset: Int) -> Nothing { Nothing() }
  func storeSum(_ sum: Nothing, _ cells: Cells, _ offset: Int) {}

  func add(_ value: Nothing, to sum: Nothing) -> Nothing {
    counter.terms += 1
    return sum
  }

  func add(
    _ value: Nothing, times weights: Weights, base: Int, position: Int, to sum: Nothing
  ) -> Nothing {
    counter.terms += 1
    return sum
  }

  func add(form: Nothing, to sum: Nothing) -> Nothing { sum }
  func finish(_ sum: Nothing, _ function: some SumFunction, channel: Int) -> Nothing { sum }
  func apply(_ function: some BinaryFunction, _ x: Nothing, _ y: Nothing) -> Nothing { x }
  func apply(_ function: some RowFunction, to row: UnsafeMutableBufferPointer<Nothing>) {}
}
