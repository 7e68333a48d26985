/// Why a problem has no meaning, or a list of steps is no order of it.
public enum OrderProblemError: Error, Hashable, Sendable {
  /// A value that names a producer that does not exist.
  case badProducer(value: Int, found: Int, stepCount: Int)
  /// A step that reads a value that does not exist.
  case badInput(step: Int, found: Int, valueCount: Int)
  /// A step that comes after one that does not exist.
  case badAfter(step: Int, found: Int, stepCount: Int)
  /// An overlay of a value that the step does not make.
  case overlayOfOtherResult(step: Int, found: Int)
  /// An overlay on a value that the step does not read.
  case overlayOnOtherOperand(step: Int, found: Int)
  /// A size, a scratch size or a distance below 0.
  case negative(Place, found: Int)
  /// Sizes whose sum no `Int` holds.
  case tooLarge
  /// Steps that each have to come before the next one, the last before the first.
  case cycle([Int])
  /// A list of steps that does not name each step once.
  case notEachStepOnce(stepCount: Int, found: [Int])
  /// A list of steps in which one comes before what it needs.
  case tooEarly(step: Int, predecessor: Int)

  /// Where a number stands.
  public enum Place: Hashable, Sendable {
    /// The size of a value.
    case value(Int)
    /// The scratch size of a step.
    case scratch(step: Int)
    /// The distance of an overlay of a step.
    case distance(step: Int)
  }
}

extension OrderProblemError: CustomStringConvertible {
  /// What is wrong, where, and what was expected.
  public var description: String {
    switch self {
    case .badProducer(let value, let found, let count):
      "value \(value): producer: expected a step below \(count), found \(found)"
    case .badInput(let step, let found, let count):
      "step \(step): inputs: expected values below \(count), found \(found)"
    case .badAfter(let step, let found, let count):
      "step \(step): after: expected steps below \(count), found \(found)"
    case .overlayOfOtherResult(let step, let found):
      "step \(step): overlays: expected a value that the step makes, found value \(found)"
    case .overlayOnOtherOperand(let step, let found):
      "step \(step): overlays: expected a value that the step reads, found value \(found)"
    case .negative(let place, let found):
      "\(place.description): expected at least 0 bytes, found \(found)"
    case .tooLarge: "the sizes of all values and scratch areas add up to more than \(Int.max)"
    case .cycle(let steps):
      "steps \(steps): each has to come before the next, the last before the first; remove one of "
        + "these dependences"
    case .notEachStepOnce(let count, let found):
      "expected each step below \(count) once, found \(found)"
    case .tooEarly(let step, let predecessor):
      "step \(step) comes before step \(predecessor), which it needs; put it after"
    }
  }
}

extension OrderProblemError.Place: CustomStringConvertible {
  /// The value or step, and which of its numbers.
  public var description: String {
    switch self {
    case .value(let value): "value \(value): sizeInBytes"
    case .scratch(let step): "step \(step): scratchInBytes"
    case .distance(let step): "step \(step): overlays: distance"
    }
  }
}
