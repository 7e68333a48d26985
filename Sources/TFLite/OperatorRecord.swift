public import Tensor

/// An operator as the file describes it.
public struct OperatorRecord: Sendable {
  /// The index in the model's `operatorCodes`.
  public let opcodeIndex: Int
  /// Indices of tensors of the subgraph; -1 for an absent operand.
  public let inputs: [Int]
  /// Indices of tensors of the subgraph.
  public let outputs: [Int]
  /// Indices of tensors of the subgraph that only describe what the operator keeps inside; -1 for
  /// an absent one.
  public let intermediates: [Int]
  /// The attributes; `nil` when the file gives none.
  public let options: FlatTable?
  /// The schema's code of the attributes' table type, in the union that holds them; 0 for none.
  public let optionsType: Int
  /// The attributes of a custom operator, in place: those of the catalogue have a map of FlexBuffers.
  public let customOptions: Bytes?
}
