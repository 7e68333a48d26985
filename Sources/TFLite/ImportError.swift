public import Graph
internal import Ops

/// Why a model cannot become a graph.
public enum ImportError: Error, Hashable, Sendable {
  /// The file is no sound model.
  case malformed(ModelError)
  /// Everything in the model that is refused, operators first.
  case refused([ModelRefusal])
  /// Tensors and operators that make no network.
  case graph(GraphError)

  /// Whether the model asks for something not implemented here.
  public var isUnsupported: Bool {
    switch self {
    case .refused(let refusals): refusals.contains(where: \.isUnsupported)
    case .graph(let error): error.isUnsupported
    case .malformed: false
    }
  }
}

extension ImportError: CustomStringConvertible {
  /// One line per fault; where operators are missing, another one with those that there are.
  public var description: String {
    switch self {
    case .malformed(let error): error.description
    case .refused(let refusals):
      (refusals.map(\.description) + supportedOperators(refusals)).joined(separator: "\n")
    case .graph(let error): error.description
    }
  }

  private func supportedOperators(_ refusals: [ModelRefusal]) -> [String] {
    guard refusals.contains(where: \.isMissingOperator) else { return [] }
    let names = Catalog.operators.flatMap { $0.builtins.map(\.name) }
    return ["supported operators: \(names.joined(separator: ", "))"]
  }
}
