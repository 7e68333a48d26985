public import Graph
public import Ops

/// Why a model cannot become a graph.
public enum ImportError: Error, Hashable, Sendable {
  /// The file is no sound model.
  case malformed(ModelError)
  /// An operator's options cannot be read.
  case badOptions(node: Int, operatorName: String, OptionError)
  /// An operator carries the options of another one.
  case otherOptions(node: Int, operatorName: String, expected: Int, found: Int)
  /// A tensor in which an operator keeps state that is no variable.
  case noVariable(node: Int, operatorName: String, operand: Int)
  /// Everything in the model that is not supported, operators first.
  case unsupported([UnsupportedFeature])
  /// Tensors and operators that make no network.
  case graph(GraphError)

  /// Whether the model is sound but asks for something not implemented here.
  public var isUnsupported: Bool {
    switch self {
    case .unsupported: true
    case .graph(let error): error.isUnsupported
    case .malformed, .badOptions, .otherOptions, .noVariable: false
    }
  }
}

extension ImportError: CustomStringConvertible {
  /// One sentence per fault.
  public var description: String {
    switch self {
    case .malformed(let error): error.description
    case .badOptions(let node, let name, let error): "operator \(node) (\(name)): \(error)"
    case .otherOptions(let node, let name, let expected, let found):
      "operator \(node) (\(name)): expected options of type \(expected), found type \(found)"
    case .noVariable(let node, let name, let operand):
      "operator \(node) (\(name)): operand \(operand): expected a variable tensor, found another"
    case .unsupported(let features):
      (features.map(\.description)
        + [
          "supported operators: "
            + Catalog.operators.flatMap { $0.builtins.map { $0.name } }.joined(separator: ", ")
        ])
        .joined(separator: "\n")
    case .graph(let error): error.description
    }
  }
}

/// Something in a model that is not supported.
public enum UnsupportedFeature: Hashable, Sendable {
  /// An operator that the catalogue does not have.
  case operation(node: Int, name: String)
  /// A tensor that an operator uses, of a type without a counterpart.
  case element(tensor: Int, name: String, element: String)
  /// A constant that is stored in another way than row by row in the file.
  case encoding(tensor: Int, name: String)
  /// A tensor that keeps its value between runs, and in which no operator keeps its state.
  case variable(tensor: Int, name: String)
}

extension UnsupportedFeature: CustomStringConvertible {
  /// What is not supported, and where.
  public var description: String {
    switch self {
    case .operation(let node, let name):
      "operator \(node): \(name) is not supported"
    case .element(let tensor, let name, let element):
      "tensor \(tensor) (\(name)): elements of type \(element) are not supported"
    case .encoding(let tensor, let name):
      "tensor \(tensor) (\(name)): a sparse or external constant is not supported"
    case .variable(let tensor, let name):
      "tensor \(tensor) (\(name)): a variable that is not the state of an operator is not supported"
    }
  }
}
