/// A piece of a FlatBuffer that has to lie inside the file.
public enum FlatPart: String, Hashable, Sendable, CaseIterable {
  /// The root table's offset and the file identifier, at the start of the file.
  case header
  /// A table's inline fields, with the offset of its vtable.
  case table
  /// The list of a table's field positions.
  case vtable
  /// One field inside its table.
  case field
  /// The word before a vector or a string that counts its elements.
  case length
  /// The elements of a vector or a string.
  case elements
  /// Bytes kept behind the FlatBuffer, which the file names by offset and size.
  case external
}

extension FlatPart: CustomStringConvertible {
  /// The part in words, with its article.
  public var description: String {
    switch self {
    case .header: "a file header"
    case .table: "a table"
    case .vtable: "a vtable"
    case .field: "a field"
    case .length: "a vector length"
    case .elements: "vector elements"
    case .external: "external data"
    }
  }
}
