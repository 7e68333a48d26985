public import Graph
public import Ops
public import Planning
public import Tensor

/// Draws sound plans of any kind that the format knows: what no check may refuse.
///
/// Operators run in a random order that the network allows, in groups of every kind; then steps are cut into
/// tiles, sums into parts, results copied and ends moved to the caller's memory.
public struct PlanDraw: Sendable {
  /// The kinds of groups that are drawn.
  public var modes: Set<SearchMode>
  /// The profile of all plans; `nil` draws one.
  public var profile: Profile?
  /// The most groups of a plan.
  public var largestGroupCount: Int
  /// The most multiply-accumulates of a plan, as a multiple of the network's.
  public var largestOverhead: Int

  private static let alignments = [1, 4, 16, 64]

  /// Prepares to draw plans.
  public init(
    modes: Set<SearchMode> = Set(SearchMode.allCases), profile: Profile? = nil,
    largestGroupCount: Int = 3, largestOverhead: Int = 4
  ) {
    self.modes = modes
    self.profile = profile
    self.largestGroupCount = largestGroupCount
    self.largestOverhead = largestOverhead
  }

  /// A recipe of a plan of `graph`; a fraction of them runs every operator whole.
  public func recipe(of graph: Graph, using generator: inout SplitMix64) -> PlanRecipe {
    tiledRecipe(of: graph, using: &generator).recipe
  }

  /// A recipe and the plan that it makes of `graph`, or what keeps the plan from being made, which is an error of ours.
  func draw(
    of graph: Graph, using generator: inout SplitMix64
  ) -> (recipe: PlanRecipe, plan: Result<Plan, any Error>) {
    let (recipe, tiled) = tiledRecipe(of: graph, using: &generator)
    return (recipe, Result { recipe.edited(try tiled ?? recipe.tiled(graph), of: graph) })
  }

  /// A recipe, and what it makes of `graph` before edits if there are groups.
  private func tiledRecipe(
    of graph: Graph, using generator: inout SplitMix64
  ) -> (recipe: PlanRecipe, tiled: Plan?) {
    var recipe = PlanRecipe()
    recipe.profile = profile ?? Profile.all.randomElement(using: &generator) ?? .tflm
    recipe.planning = planning(using: &generator)
    if Int.random(in: 0..<4, using: &generator) == 0 {
      recipe.order = Self.order(of: graph, using: &generator)
    }
    let tiled = addGroups(to: &recipe, of: graph, using: &generator)
    recipe.edits = SoundEdit.Kind.allCases.filter { _ in
      Int.random(in: 0..<6, using: &generator) == 0
    }.map { SoundEdit($0, seed: generator.next()) }
    return (recipe, tiled)
  }

  private func planning(using generator: inout SplitMix64) -> PlanningOptions {
    var planning = PlanningOptions(
      alignment: Self.alignments.randomElement(using: &generator) ?? 16,
      inPlace: InPlacePolicy.allCases.randomElement(using: &generator) ?? .none,
      order: Int.random(in: 0..<4, using: &generator) == 0 ? .least : .file,
      layoutNodeLimit: Int.random(in: 0..<8, using: &generator) == 0 ? 100 : 0)
    planning.excludesInputs = Int.random(in: 0..<12, using: &generator) == 0
    planning.excludesOutputs = Int.random(in: 0..<12, using: &generator) == 0
    return planning
  }

  /// Adds groups that can be lowered, and returns the plan of the last one.
  private func addGroups(
    to recipe: inout PlanRecipe, of graph: Graph, using generator: inout SplitMix64
  ) -> Plan? {
    guard !graph.nodes.isEmpty else { return nil }
    var tiled: Plan?
    let wanted = Int.random(in: 0...largestGroupCount, using: &generator)
    let draw = GroupDraw(graph: graph, modes: SearchMode.allCases.filter(modes.contains))
    for _ in 0..<4 * wanted where recipe.groups.count < wanted {
      guard let group = draw.group(using: &generator) else { break }
      let taken = Set(recipe.groups.flatMap(\.ops))
      guard taken.isDisjoint(with: group.ops) else { continue }
      var more = recipe
      more.groups.append(group)
      guard let plan = try? more.tiled(graph) else { continue }
      // A plan that does not fit its network is no draw to be passed over: it is for the checks to find.
      let macs = (try? PlanBinding(plan, to: graph))?.macs ?? 0
      guard macs <= largestOverhead * max(graph.macs, 1) else { continue }
      (recipe, tiled) = (more, plan)
    }
    return tiled
  }

  /// Operators in a random order in which each comes after those that it reads from.
  private static func order(of graph: Graph, using generator: inout SplitMix64) -> [Int] {
    let producers = graph.producers
    var waiting = Array(graph.nodes.indices)
    var done: Set<Int> = []
    var order: [Int] = []
    while !waiting.isEmpty {
      let ready = waiting.indices.filter { place in
        graph.nodes[waiting[place]].inputs.allSatisfy { input in
          input.flatMap { producers[$0] }.map(done.contains) ?? true
        }
      }
      // A graph is sound: the first operator that is left reads nothing but what has been made.
      let op = waiting.remove(at: ready[Int.random(in: ready.indices, using: &generator)])
      order.append(op)
      done.insert(op)
    }
    return order
  }
}

extension PlanBinding {
  /// Multiply-accumulates of all steps.
  fileprivate var macs: Int { plan.steps.reduce(0) { $0 + macs(of: $1) } }
}
