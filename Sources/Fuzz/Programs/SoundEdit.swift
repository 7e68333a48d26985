/// Something that may be changed in a sound plan, which stays sound.
public struct SoundEdit: Hashable, Sendable {
  /// What is changed.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Some network inputs and outputs stay with the caller.
    case endsInHostMemory = "ends in host memory"
    /// A result is written to two places.
    case copy = "copied result"
    /// A step is cut into tiles along any axes, batch and channels included.
    case tiles = "step in tiles"
    /// What a step sums is cut into boxes, which are added in any order.
    case parts = "sum in parts"
  }

  /// What is changed.
  public var kind: Kind
  /// From which word places and sizes are drawn.
  public var seed: UInt64

  /// An edit at places that belong to `seed`.
  public init(_ kind: Kind, seed: UInt64) {
    self.kind = kind
    self.seed = seed
  }
}
