internal import Graph
internal import Ops

/// How far a layout puts results on the operands that they are made from.
public enum InPlacePolicy: String, Hashable, Sendable, CaseIterable {
  /// Never: every tensor has bytes of its own, as in most other planners.
  case none
  /// Where each element of the result is made from the operand's element of the same coordinates, or is
  /// that element.
  case elementwise
  /// Wherever the reference order of reads and writes allows it: convolutions and pools too.
  case all

  /// When the result `output` of a node may lie on operand `operand`, under this policy.
  func rule(of node: GraphNode, operand: Int, output: Int) -> InPlace {
    // The order of reads and writes is that of one result's elements.
    guard self != .none, node.outputs.count == 1 else { return .never }
    let rule = node.operation.inPlace(node.signature, operand: operand, output: output)
    return rule == .inOrder && self == .elementwise && !node.accesses[output].isElementwise(operand)
      ? .never : rule
  }
}
