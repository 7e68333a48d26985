/// The way from a model's root table to one of its parts, in the schema's names.
public indirect enum ModelPath: Hashable, Sendable {
  /// The root table.
  case model
  /// A field of a table.
  case field(String, of: ModelPath)
  /// An element of a vector, counted from 0.
  case element(Int, of: ModelPath)

  /// The field `name` of this table.
  public subscript(name: String) -> ModelPath { .field(name, of: self) }

  /// The element `index` of this vector.
  public subscript(index: Int) -> ModelPath { .element(index, of: self) }
}

extension ModelPath: CustomStringConvertible {
  /// The way as in `subgraphs[0].tensors[12].shape`.
  public var description: String {
    switch self {
    case .model: "model"
    case .field(let name, of: .model): name
    case .field(let name, of: let table): "\(table).\(name)"
    case .element(let index, of: let vector): "\(vector)[\(index)]"
    }
  }
}
