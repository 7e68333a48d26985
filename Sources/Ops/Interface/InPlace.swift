/// When a result of a step may lie on one of its operands.
public enum InPlace: Hashable, Sendable {
  /// Never: some element is read after another one at its place may have been written.
  case never
  /// Where each result lies exactly on the operand's element of the same row-major index, which is
  /// read last when that result is written.
  case sameAddress
  /// Where no result covers an element that a later one reads: results are made one by one, in
  /// row-major order, and each is written when all that it depends on has been read.
  ///
  /// What that allows follows from the tiling rule; see `LastReads`. A kernel may read more of what
  /// it needs before it writes, never less.
  case inOrder
}
