/// Why graphs cannot be generated as asked.
public enum GenerationError: Error, Hashable {
  /// A name that is no operator's.
  case noSuchOperator(String)
  /// No operator is left to draw.
  case noOperators
  /// A number of operators that no graph can have.
  case operatorCount(ClosedRange<Int>)
  /// A largest extent that leaves nothing to draw.
  case largestExtent(Int)
}

extension GenerationError: CustomStringConvertible {
  /// What was expected, what was found, and what to do.
  public var description: String {
    switch self {
    case .noSuchOperator(let name):
      "expected the name of an operator, found \(name); `tilewright ops` lists them"
    case .noOperators:
      "expected at least one operator to draw, found none"
    case .operatorCount(let range):
      "expected a number of operators from 1 on, found \(range)"
    case .largestExtent(let extent):
      "expected a largest extent in 1...256, found \(extent)"
    }
  }
}
