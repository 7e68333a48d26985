/// When a result of a step may lie on one of its operands.
public enum InPlace: Hashable, Sendable {
  /// Never: some element is read after another one at its place may have been written.
  case never
  /// Where each result lies exactly on the operand's element of the same row-major index, which is
  /// read last when that result is written.
  case sameAddress
}
