/// One network of a model.
public struct Subgraph: Sendable {
  /// The name; empty when the file gives none.
  public let name: String
  /// The tensors; everything else refers to them by index.
  public let tensors: [TensorRecord]
  /// Indices of the tensors that the caller fills.
  public let inputs: [Int]
  /// Indices of the tensors that are the result.
  public let outputs: [Int]
  /// The operators, in order of execution.
  public let operators: [OperatorRecord]
}
