/// What a group needs and does, computed without making its plan.
public struct GroupCost: Hashable, Sendable {
  /// Bytes of what it reads, holds and makes, at the worst time.
  public let room: Int
  /// Multiply-accumulates.
  public let macs: Int
}
