/// Whether a layout puts results on the operands that they are made from.
public enum InPlacePolicy: String, Hashable, Sendable, CaseIterable {
  /// Never: every tensor has bytes of its own, as in most other planners.
  case none
  /// Wherever the operator allows it and nothing reads the operand later.
  case allowed
}
