/// What a group needs and does, computed without making its plan.
struct GroupCost: Hashable {
  /// Bytes of what it reads, holds and makes, at the worst time.
  let room: Int
  /// Multiply-accumulates.
  let macs: Int
}
