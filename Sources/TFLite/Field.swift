/// A field of a schema table: its position, from 0, and the schema's name for it.
///
/// A union takes two positions: its type, then its value.
struct Field: Hashable, Sendable {
  let slot: Int
  let name: String

  init(_ slot: Int, _ name: String) {
    self.slot = slot
    self.name = name
  }
}
