/// What holds for every operator of the catalogue.
public enum OperatorLaw: String, Hashable, Sendable, CaseIterable {
  /// `check` accepts the example; the kernel writes every element of its tile, and nothing else.
  case completeness
  /// A tile is the slice of the whole, from and into any view that holds what it must.
  case tileIsSlice
  /// What lies outside the coordinates that `access` states does not matter: the rule suffices.
  case poison
  /// What lies on the faces of the bounds that `access` gives matters: the rule is not wasteful.
  case tightness
  /// Sums in any parts and any order finish as the whole.
  case partialSums
  /// A result on an operand's own bytes, where `inPlace` allows it, is the same result.
  case inPlace
  /// Codes are within `errorBound` of the real-valued function.
  case oracle
  /// Multiply-accumulates are those of the taps, one by one, however the work is cut.
  case cost
  /// The attributes survive being written to options and read back.
  case roundTrip
}
