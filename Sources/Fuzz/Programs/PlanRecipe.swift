public import Graph
public import Ops
public import Planning

/// How a plan of a network is made, in a form that can be made simpler.
public struct PlanRecipe: Hashable, Sendable {
  /// The kernels that the plan is for.
  public var profile: Profile
  /// How buffers are laid out, and operators ordered where `order` is `nil`.
  public var planning: PlanningOptions
  /// All operators, each after those that it reads from; `nil` for the order of the file.
  public var order: [Int]?
  /// The groups of the tiling, their operators in any order.
  public var groups: [FusedGroup]
  /// What is changed in the plan that the tiling gives.
  public var edits: [SoundEdit]

  /// A recipe of a plan that is tiled and nothing else.
  public init(
    profile: Profile = .tflm, planning: PlanningOptions = PlanningOptions(order: .file),
    order: [Int]? = nil, groups: [FusedGroup] = [], edits: [SoundEdit] = []
  ) {
    self.profile = profile
    self.planning = planning
    self.order = order
    self.groups = groups
    self.edits = edits
  }

  /// The groups as a tiling of the network, which lowers to the plan; `nil` where the plan takes more than that.
  public func tiling(of graph: Graph) -> Tiling? {
    order == nil && edits.isEmpty ? Tiling(modelHash: graph.modelHash, groups: groups) : nil
  }

  /// The plan.
  ///
  /// - Throws: `TilingError` for groups that the network does not allow, `GraphError` for such an order.
  public func plan(of graph: Graph) throws -> Plan {
    edited(try tiled(graph), of: graph)
  }

  /// A plan after edits.
  func edited(_ plan: Plan, of graph: Graph) -> Plan {
    var edited = SoundEdits(plan, of: graph)
    for edit in edits { edited.apply(edit) }
    return edited.plan
  }

  /// The plan before edits.
  func tiled(_ graph: Graph) throws -> Plan {
    guard let order else {
      return try TilingLowering.plan(
        Tiling(modelHash: graph.modelHash, groups: groups), for: graph, profile: profile,
        options: planning)
    }
    let ordered = try graph.reordered(order)
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    var plan = try TilingLowering.plan(
      Tiling(modelHash: graph.modelHash, groups: groups.map { $0.renumbered(places) }),
      for: ordered, profile: profile, options: planning)
    for index in plan.steps.indices { plan.steps[index].op = order[plan.steps[index].op] }
    return plan
  }
}

extension FusedGroup {
  /// The group of the same operators under other numbers; those that have none are left out.
  func renumbered(_ places: [Int: Int]) -> FusedGroup {
    var group = self
    group.ops = ops.compactMap { places[$0] }.sorted()
    group.early = early.compactMap { places[$0] }.sorted()
    group.inner = inner.map { $0.renumbered(places) }.filter { !$0.ops.isEmpty }
    return group
  }
}

extension Graph {
  /// The same network with its operators in another order.
  fileprivate func reordered(_ order: [Int]) throws(GraphError) -> Graph {
    try Graph(
      tensors: tensors,
      nodes: order.map { op in
        (operation: nodes[op].operation, inputs: nodes[op].inputs, outputs: nodes[op].outputs)
      },
      inputs: modelInputs, outputs: modelOutputs, variables: variables, modelHash: modelHash)
  }
}
