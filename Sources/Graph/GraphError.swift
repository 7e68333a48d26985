public import Ops

/// Why tensors and operators make no network.
public enum GraphError: Error, Hashable, Sendable {
  /// An operator does not accept its operands or attributes.
  case rejected(node: Int, operatorName: String, OperatorError)
  /// A tensor index that names no tensor.
  case noSuchTensor(node: Int?, tensor: Int)
  /// A tensor that is read before any operator has made it.
  case readBeforeWritten(node: Int, tensor: Int, name: String)
  /// A tensor that two operators make, or that an operator makes although it is given.
  case writtenTwice(node: Int, tensor: Int, name: String)
  /// A network output that nobody makes.
  case outputNotComputed(tensor: Int, name: String)
  /// An activation of more than `Graph.largestTensorInBytes`.
  case tooLarge(tensor: Int, name: String, bytes: Int)
  /// Variables of more than `Graph.largestTensorInBytes` together.
  case tooMuchState(bytes: Int)
  /// A variable that starts with other bytes than its type has.
  case initialValue(tensor: Int, name: String, found: Int, expected: Int)
  /// As many tensors as `Graph.largestTensorCount`, or more.
  case tooManyTensors(Int)
  /// More than `Graph.largestRank` axes of a tensor that an operator uses.
  case tooManyAxes(tensor: Int, name: String, rank: Int)
  /// More multiply-accumulates, up to and with an operator, than `Graph.largestMACs`.
  case tooManyMACs(node: Int, operatorName: String)

  /// Whether the network is sound but asks for something not implemented here.
  public var isUnsupported: Bool {
    if case .rejected(_, _, let error) = self { error.kind == .unsupported } else { false }
  }
}

extension GraphError: CustomStringConvertible {
  /// What is wrong, where, and what was expected.
  public var description: String {
    switch self {
    case .rejected(let node, let name, let error): "operator \(node) (\(name)): \(error)"
    case .noSuchTensor(let node, let tensor):
      "\(node.map { "operator \($0)" } ?? "network"): expected a tensor index, found \(tensor)"
    case .readBeforeWritten(let node, let tensor, let name):
      "operator \(node): reads tensor \(tensor) (\(name)) before any operator has made it; "
        + "operators must stand in an order of execution"
    case .writtenTwice(let node, let tensor, let name):
      "operator \(node): makes tensor \(tensor) (\(name)), which has a value already"
    case .outputNotComputed(let tensor, let name):
      "network: output tensor \(tensor) (\(name)) is made by no operator"
    case .tooMuchState(let bytes):
      "network: expected variables of at most \(Graph.largestTensorInBytes) bytes, found \(bytes)"
    case .initialValue(let tensor, let name, let found, let expected):
      "tensor \(tensor) (\(name)): expected an initial value of \(expected) bytes, found \(found)"
    case .tooManyTensors(let count):
      "network: expected fewer than \(Graph.largestTensorCount) tensors, found \(count)"
    case .tooManyAxes(let tensor, let name, let rank):
      "tensor \(tensor) (\(name)): expected at most \(Graph.largestRank) axes, found \(rank)"
    case .tooManyMACs(let node, let name):
      "operator \(node) (\(name)): expected at most \(Graph.largestMACs) multiply-accumulates in all, "
        + "found more"
    case .tooLarge(let tensor, let name, let bytes):
      "tensor \(tensor) (\(name)): expected at most \(Graph.largestTensorInBytes) bytes, "
        + "found \(bytes)"
    }
  }
}
