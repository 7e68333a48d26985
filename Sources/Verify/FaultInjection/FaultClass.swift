/// A kind of mistake that whoever makes plans could make.
public enum FaultClass: String, Hashable, Sendable, CaseIterable {
  /// A tile, an operand's buffer or what a partial sum adds is one coordinate short of what is read.
  case haloShort = "halo short by one"
  /// A step is left out.
  case tileMissing = "tile missing"
  /// A partial sum is never added.
  case sumLost = "partial sum lost"
  /// A partial sum is added twice.
  case sumDoubled = "partial sum doubled"
  /// Sums are finished twice, so that the bias is added and results are rounded twice.
  case biasTwice = "bias twice"
  /// Sums are finished before everything was added.
  case finishedEarly = "requantized early"
  /// A ring has room for one coordinate less.
  case ringShort = "ring one short"
  /// A buffer lies one alignment off, or on a neighbour that is live.
  case offsetShifted = "offset shifted"
  /// A buffer lies where another one is still live.
  case freedEarly = "freed early and reused"
}
