internal import Graph
public import Ops

/// Something in a model that is refused, and where.
public enum ModelRefusal: Error, Hashable, Sendable {
  /// An operator that the catalogue does not have.
  case operation(node: Int, name: String)
  /// An operator whose options cannot be read, or state what is not taken.
  case options(node: Int, name: String, OptionError)
  /// An operator that carries the options of another one.
  case otherOptions(node: Int, name: String, expected: Int, found: Int)
  /// An operator that does not take its operands, results or attributes.
  case rejected(node: Int, name: String, OperatorError)
  /// A tensor in which an operator keeps state that is no variable of its own, or has a value in the file.
  case noVariable(node: Int, name: String, operand: Int)
  /// A tensor that an operator uses, of a type without a counterpart.
  case element(tensor: Int, name: String, element: String)
  /// A tensor whose values or scales are stored in a way that is not read.
  case encoding(tensor: Int, name: String, TensorEncoding)
  /// A tensor that keeps its value between runs, and in which no operator keeps its state.
  case variable(tensor: Int, name: String)
  /// A tensor that an operator uses, of more than `Graph.largestRank` axes.
  case axes(tensor: Int, name: String, rank: Int)

  /// Whether the model is sound here but asks for something not implemented.
  public var isUnsupported: Bool {
    switch self {
    case .operation, .element, .encoding, .variable, .axes: true
    case .options(_, _, let error): error.kind == .unsupported
    case .rejected(_, _, let error): error.kind == .unsupported
    case .otherOptions, .noVariable: false
    }
  }

  /// Whether it is an operator that the catalogue does not have.
  public var isMissingOperator: Bool { if case .operation = self { true } else { false } }

  /// The index of the operator that is refused; `nil` for a tensor.
  public var node: Int? {
    switch self {
    case .operation(let node, _), .options(let node, _, _), .otherOptions(let node, _, _, _),
      .rejected(let node, _, _), .noVariable(let node, _, _):
      node
    case .element, .encoding, .variable, .axes: nil
    }
  }

  /// The index of the tensor that is refused; `nil` for an operator.
  public var tensor: Int? {
    switch self {
    case .element(let tensor, _, _), .encoding(let tensor, _, _), .variable(let tensor, _),
      .axes(let tensor, _, _):
      tensor
    case .operation, .options, .otherOptions, .rejected, .noVariable: nil
    }
  }

  /// The name of the operator in the schema, or of the tensor in the file.
  public var name: String {
    switch self {
    case .operation(_, let name), .options(_, let name, _), .otherOptions(_, let name, _, _),
      .rejected(_, let name, _), .noVariable(_, let name, _), .element(_, let name, _),
      .encoding(_, let name, _),
      .variable(_, let name), .axes(_, let name, _):
      name
    }
  }

  /// What is refused of it, without its place.
  public var reason: String {
    switch self {
    case .operation: "is not supported"
    case .options(_, _, let error): error.description
    case .otherOptions(_, _, let expected, let found):
      "expected options of type \(expected), found type \(found)"
    case .rejected(_, _, let error): error.description
    case .noVariable(_, _, let operand):
      "operand \(operand): expected a variable tensor, found another"
    case .element(_, _, let element): "elements of type \(element) are not supported"
    case .encoding(_, _, let encoding): "\(encoding): not supported"
    case .variable: "a variable that is not the state of an operator is not supported"
    case .axes(_, _, let rank): "supported at most \(Graph.largestRank) axes, found \(rank)"
    }
  }
}

extension ModelRefusal: CustomStringConvertible {
  /// What is refused, and where.
  public var description: String {
    switch self {
    case .operation(let node, _): "operator \(node): \(name) \(reason)"
    case .options(let node, _, _), .otherOptions(let node, _, _, _), .rejected(let node, _, _),
      .noVariable(let node, _, _):
      "operator \(node) (\(name)): \(reason)"
    case .element(let tensor, _, _), .encoding(let tensor, _, _), .variable(let tensor, _),
      .axes(let tensor, _, _):
      "tensor \(tensor) (\(name)): \(reason)"
    }
  }
}
