public import Verify

/// A mistake that is made on purpose, which a check must notice.
public enum Mistake: Hashable, Sendable {
  /// One in the plan, of that class; where, belongs to the seed.
  case plan(FaultClass, seed: UInt64)
  /// One in the tiling.
  case tiling(TilingMistake, seed: UInt64)
}
