internal import Ops
internal import Tensor

/// An arithmetic that computes nothing and counts how many terms sums get.
struct CountingArithmetic<Terms: SumTerms>: SumArithmetic {
  /// What stands for every sum.
  struct Nothing: Sendable {}

  /// How many terms were added.
  final class Counter: @unchecked Sendable {
    var terms = 0
  }

  let counter: Counter

  static var cellSizeInBytes: Int { 1 }
  var channelsShareForms: Bool { false }
  var zero: Nothing { Nothing() }

  func load(_ place: ElementPlace) -> Nothing { Nothing() }
  func store(_ sum: Nothing, to place: ElementPlace) {}

  func add(_ element: ElementPlace, to sum: Nothing) -> Nothing {
    counter.terms += 1
    return sum
  }

  func add(
    _ element: ElementPlace, times weights: Weights, base: Int, position: Int, to sum: Nothing
  ) -> Nothing {
    counter.terms += 1
    return sum
  }

  func add(
    _ left: ElementPlace, minus leftZero: Int32, times right: ElementPlace, minus rightZero: Int32,
    to sum: Nothing
  ) -> Nothing {
    counter.terms += 1
    return sum
  }

  func add(form: Nothing, to sum: Nothing) -> Nothing { sum }

  func finish<Function: SumFunction>(
    _ sum: Nothing, _ function: Function, channel: Int, to target: ElementPlace
  ) where Function.Terms == Terms {}
}
