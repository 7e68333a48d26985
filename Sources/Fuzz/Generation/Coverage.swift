public import Graph
internal import Ops
public import Planning
internal import Tensor

/// How often what should be drawn was drawn; coverages of parts of a run can be merged.
public struct Coverage: Hashable, Sendable, Codable {
  /// What is counted.
  public enum Section: String, Hashable, Sendable, CaseIterable, Codable, CodingKeyRepresentable {
    /// Operators with the type of the first operand that is computed, as `CONV_2D int8`.
    case operators
    /// What operators, their types and attributes have.
    case attributes
    /// Shapes of networks.
    case graphs
    /// What plans have, and how they were made.
    case plans
  }

  /// The number of networks.
  public private(set) var graphCount = 0
  /// The number of plans.
  public private(set) var planCount = 0
  private var counts: [Section: [String: Int]] = [:]

  /// Counts nothing so far.
  public init() {}

  /// How often something was drawn: networks, or operators of them.
  public subscript(section: Section, name: String) -> Int { counts[section]?[name] ?? 0 }

  /// All that was drawn in a section and how often, by name.
  public func all(in section: Section) -> [(name: String, count: Int)] {
    (counts[section] ?? [:]).sorted { $0.key < $1.key }.map { (name: $0.key, count: $0.value) }
  }

  /// How many different things were drawn.
  public var kindCount: Int { counts.values.reduce(0) { $0 + $1.count } }

  /// Counts one thing more.
  public mutating func count(_ name: String, in section: Section, times: Int = 1) {
    counts[section, default: [:]][name, default: 0] += times
  }

  /// Counts a network.
  public mutating func add(_ graph: Graph) {
    graphCount += 1
    for feature in GraphFeature.all(in: graph) { count(feature.rawValue, in: .graphs) }
    for node in graph.nodes {
      let first = node.signature.inputs.indices.first { node.isActivation($0) }
      let element = first.map { " \(node.signature.input($0).element)" } ?? ""
      count(node.operatorName + element, in: .operators)
      let example = Example(node.operation, node.signature)
      for feature in GeneratorFeature.all(in: example, accesses: node.accesses) {
        count(feature.rawValue, in: .attributes)
      }
    }
  }

  /// Counts a plan.
  public mutating func add(_ binding: PlanBinding, _ recipe: PlanRecipe) {
    planCount += 1
    for feature in PlanFeature.all(in: binding, recipe) { count(feature.rawValue, in: .plans) }
  }

  /// Adds what another part of a run has counted.
  public mutating func merge(_ other: Coverage) {
    graphCount += other.graphCount
    planCount += other.planCount
    for (section, counts) in other.counts {
      for (name, times) in counts { count(name, in: section, times: times) }
    }
  }

  /// What networks should have and none had, of the operators that may be drawn.
  public func missing(operators: [String] = GenerationOptions.allOperators) -> [String] {
    let drawn = Set(all(in: .operators).map { $0.name.prefix { $0 != " " } }.map(String.init))
    let attributes = GeneratorFeature.allCases.filter { !$0.needsValues }.map(\.rawValue)
    return operators.filter { !drawn.contains($0) }
      + attributes.filter { self[.attributes, $0] == 0 }
      + GraphFeature.allCases.map(\.rawValue).filter { self[.graphs, $0] == 0 }
  }

  /// What plans should have and none had, of the kinds of groups that may be drawn.
  public func missingOfPlans(modes: Set<SearchMode> = Set(SearchMode.allCases)) -> [String] {
    PlanFeature.allCases.map(\.rawValue).filter { name in
      self[.plans, name] == 0 && (SearchMode(rawValue: name).map(modes.contains) ?? true)
    }
  }
}

extension GeneratorFeature {
  /// Whether it takes the values of tensors to tell.
  fileprivate var needsValues: Bool {
    [.clampsLow, .clampsHigh, .saturatesLow, .saturatesHigh].contains(self)
  }
}
