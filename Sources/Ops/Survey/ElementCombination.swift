public import Tensor

/// The element types of an operator's operands and results.
public struct ElementCombination: Hashable, Sendable {
  /// The type of each operand; `nil` for one that is absent and followed by one that is not.
  public let operands: [ElementType?]
  /// The type of each result.
  public let results: [ElementType]

  init(_ signature: Signature) {
    var operands = signature.inputs.map { $0?.type.element }
    while case .some(nil) = operands.last { operands.removeLast() }
    self.operands = operands
    results = signature.outputs.map(\.element)
  }

  /// Whether `other` has the same types, and more of them.
  func isPart(of other: ElementCombination) -> Bool {
    self != other && operands.count <= other.operands.count
      && zip(operands, other.operands).allSatisfy { $0 == nil || $0 == $1 }
      && other.results.starts(with: results)
  }
}
