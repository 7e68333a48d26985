public import Graph

/// Why a graph cannot be written as a model file.
public enum ModelWritingError: Error, Hashable, Sendable {
  /// An extent of a tensor that takes more than 31 bits.
  case extent(tensor: Int, name: String, found: Int)
  /// A constant that an operator reads has other bytes than its type.
  case constantSize(tensor: Int, name: String, found: Int, expected: Int)
  /// An operand that keeps state is not what a variable holds, or no result is what it holds next.
  case noVariable(node: Int, name: String, operand: Int)
  /// A tensor is what a variable held before an operator changed it; `node` is `nil` for a model output.
  ///
  /// A model has one tensor for a variable, which holds what was left in it last.
  case earlierVersion(node: Int?, tensor: Int, name: String)
  /// A variable that is given as a constant or as a model input, or that no operator keeps its state in.
  case variable(tensor: Int, name: String)
  /// A variable that operators name by a handle is used by others as well, or one without a handle starts with
  /// a value of its own.
  case handle(tensor: Int, name: String)
  /// A routine that makes no network.
  case routine(name: String, GraphError)
  /// The model would take more bytes than a FlatBuffer may.
  case tooLarge(byteCount: Int)
}

extension ModelWritingError: CustomStringConvertible {
  /// What cannot be written, where, and what was expected.
  public var description: String {
    switch self {
    case .extent(let tensor, let name, let found):
      "tensor \(tensor) (\(name)): expected extents of at most 2^31 - 1, found \(found)"
    case .constantSize(let tensor, let name, let found, let expected):
      "tensor \(tensor) (\(name)): expected a constant of \(expected) bytes, found \(found)"
    case .noVariable(let node, let name, let operand):
      "operator \(node) (\(name)): operand \(operand): expected what a variable holds, and as a result "
        + "what it holds next; found others"
    case .earlierVersion(let node, let tensor, let name):
      "\(node.map { "operator \($0)" } ?? "network"): expected what the variable holds there, found "
        + "tensor \(tensor) (\(name)), which is what it held elsewhere; read it where it is current"
    case .variable(let tensor, let name):
      "tensor \(tensor) (\(name)): expected a variable that an operator keeps its state in, found one "
        + "that is constant, a model input, or never changed"
    case .handle(let tensor, let name):
      "tensor \(tensor) (\(name)): expected a variable that operators name by a handle, and no others use, "
        + "or one that starts at 0; found another"
    case .routine(let name, let error): "subgraph \(name): \(error)"
    case .tooLarge(let byteCount):
      "model: expected at most 2^31 - 1 bytes, found \(byteCount); make the network smaller"
    }
  }
}
