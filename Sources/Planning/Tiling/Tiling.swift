/// A short description of how a network is tiled; it lowers to a plan.
///
/// The JSON form is in `docs/plan.md`.
public struct Tiling: Hashable, Sendable {
  /// The SHA-256 of the model file that the tiling is for, in hexadecimal.
  public var modelHash: String
  /// The fused groups; operators in none of them run whole.
  public var groups: [FusedGroup]

  /// Makes a tiling.
  public init(modelHash: String, groups: [FusedGroup]) {
    self.modelHash = modelHash
    self.groups = groups
  }
}
