/// What TensorFlow Lite Micro finds a place for in its arena: a tensor, or scratch of a kernel.
public struct MicroBuffer: Hashable, Sendable {
  /// What a buffer holds.
  public enum Content: Hashable, Sendable {
    /// The tensor of this index.
    case tensor(Int)
    /// What the kernel of this operator needs while it runs.
    case scratch(op: Int)
  }

  /// What it holds.
  public let content: Content
  /// The exact size, without rounding.
  public let sizeInBytes: Int
  /// When it is in use, both ends included: scope 0 is before the first operator, scope `i + 1` is operator
  /// `i`, and -1 stands for a tensor that nothing makes.
  public let scopes: ClosedRange<Int>
  /// The address that an offline plan fixes; `nil` where the planner chooses.
  public let fixedOffset: Int?

  /// The multiple that sizes are rounded up to (`MicroArenaBufferAlignment`).
  public static let alignment = 16

  /// Makes a buffer.
  public init(
    _ content: Content, sizeInBytes: Int, scopes: ClosedRange<Int>, fixedOffset: Int? = nil
  ) {
    self.content = content
    self.sizeInBytes = sizeInBytes
    self.scopes = scopes
    self.fixedOffset = fixedOffset
  }

  /// The size that is planned.
  public var plannedSizeInBytes: Int {
    sizeInBytes.roundedUp(to: Self.alignment)
  }

  /// Whether both are in use at one time: a result and the operands that it is made from always are.
  public func overlapsInTime(_ other: MicroBuffer) -> Bool { scopes.overlaps(other.scopes) }
}
