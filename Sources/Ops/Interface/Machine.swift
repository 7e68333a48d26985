package import Tensor

/// Which arithmetic a program runs in.
public enum Machine: Hashable, Sendable {
  /// The numbers of the network itself; a cell is a byte.
  case numbers
  /// Fingerprints in a prime field under a random key; a cell is a word of 64 bits.
  case field(FieldKey)
  /// The numbers of the network, every element that is touched noted; a cell is a byte.
  case traced(Trace)

  /// Storage per addressable byte.
  public var cellSizeInBytes: Int {
    switch self {
    case .numbers, .traced: 1
    case .field: FieldNumbers.cellSizeInBytes
    }
  }

  /// The type whose place a sum takes in memory that nothing else is written to: a fingerprint needs one
  /// cell there.
  func scratchElement(for sum: ElementType) -> ElementType {
    switch self {
    case .numbers, .traced: sum
    case .field: .int8
    }
  }

  /// Runs a kernel that has `view` to itself.
  @inline(__always)
  package func lend(_ view: TensorView, during body: () -> Void) {
    if case .traced(let trace) = self { trace.lend(view, during: body) } else { body() }
  }
}
