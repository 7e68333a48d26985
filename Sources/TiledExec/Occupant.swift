package import Graph
internal import Tensor

/// What lies where something else was expected.
public enum Occupant: Hashable, Sendable {
  /// Nothing has been written there.
  case nothing
  /// An element of another tensor, or another element of the same one.
  case element(tensor: String, coordinate: [Int], writtenBy: Int?)
  /// A partial sum.
  case sum(tensor: String, coordinate: [Int], writtenBy: Int?)
}

extension Occupant: CustomStringConvertible {
  /// What is wrong, where, and what was expected.
  public var description: String {
    switch self {
    case .nothing: "nothing was written there"
    case .element(let tensor, let coordinate, let step):
      "\(tensor) \(coordinate) lies there" + Self.writer(step)
    case .sum(let tensor, let coordinate, let step):
      "a sum of \(tensor) \(coordinate) lies there" + Self.writer(step)
    }
  }

  private static func writer(_ step: Int?) -> String {
    step.map { ", written by step \($0)" } ?? ", given before the first step"
  }
}

extension AddressMap {
  /// What lies at an address.
  package func occupant(of address: Int, _ graph: Graph) -> Occupant {
    let owner = owner(at: address)
    if owner == .nothing { return .nothing }
    return Occupant(owner, writtenBy: writer(of: address), graph)
  }
}

extension Occupant {
  /// An element, or a sum.
  init(_ owner: AddressMap.Owner, writtenBy step: Int?, _ graph: Graph) {
    let tensor = graph.tensors[owner.tensor]
    let coordinate = tensor.type.shape.coordinate(at: owner.index)
    self =
      owner.isSum
      ? .sum(tensor: tensor.shortName, coordinate: coordinate, writtenBy: step)
      : .element(tensor: tensor.shortName, coordinate: coordinate, writtenBy: step)
  }
}
