/// An element of a tensor of truth values: a byte, of which any but 0 is true.
@frozen
public struct TruthValue: Stored, Hashable {
  /// The byte as it is stored.
  public let byte: UInt8

  /// Stores 1 for true and 0 for false.
  @inlinable @inline(__always)
  public init(_ value: Bool) { byte = value ? 1 : 0 }

  /// The element type.
  public static var element: ElementType { .bool }

  /// Whether it is true.
  @inlinable @inline(__always)
  public var isTrue: Bool { byte != 0 }
}
