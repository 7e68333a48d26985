/// What a search does first.
struct PackingStrategy {
  /// Which section to work on.
  struct Preference {
    /// How much a unit of floor counts against a section.
    let floorWeight: Int
    /// How much a unit of load counts for a section.
    let loadWeight: Int
    /// Whether the last of equal sections is taken.
    let isLate: Bool
  }

  /// The rank of each item: of those on the floor of the section, the lowest goes first.
  let ranks: [Int]
  let preference: Preference
}
