public import Graph
internal import Tensor

/// Peaks that no layout of a plan's buffers can go under.
///
/// Layouts are those that keep of a buffer, from its first write to the last read of it, all from the first row in use
/// to the last, and the whole of a ring or where every step runs a whole operator, but for what the in-place policy
/// lets overlap. A plan of another tool may go under, say by writing on rows that are dead between others in use; the
/// bounds that allow most are then its peak.
public struct MemoryBounds: Hashable, Sendable {
  /// What may overlap.
  public let inPlace: InPlacePolicy
  /// The bytes that are live at the worst step, the steps being in the plan's order, or more, where a search
  /// proves that no layout reaches these.
  public let inItsOrder: Int
  /// What the steps need in any order.
  public let inAnyOrder: Int
  /// Whether a layout in some order is known that needs no more than that.
  public let isReached: Bool

  /// How long to look for a proof that the live bytes are not reached.
  private static let layoutNodeLimit = 50_000

  /// A search that takes no longer than to run a network.
  private static let search = OrderSearch(stateLimit: 50_000, beamWidth: 16, stepLimit: 400)

  /// Finds the bounds of a plan.
  ///
  /// Where each step runs a whole operator, orders are searched. Of other plans the bound for any order is
  /// what a single step reads and writes, or the network's ends hold.
  ///
  /// - Complexity: linear in the elements that the steps read and write, and a search of orders.
  public init(_ binding: PlanBinding, inPlace: InPlacePolicy) {
    self.inPlace = inPlace
    let plan = binding.plan
    let layout = PlanLayout(binding, inPlace: inPlace)
    var own = LayoutSolver(nodeLimit: Self.layoutNodeLimit).least(layout.problem).lowerBound
    // Plans may also free parts of buffers that these layouts keep.
    if inPlace == .all { own = min(own, plan.peakInBytes) }
    inItsOrder = own
    guard binding.runsWholeOperators else {
      let needs = StepNeeds(binding, inPlace: inPlace)
      inAnyOrder = min(own, needs.largest)
      isReached = own == inAnyOrder
      return
    }
    var options = PlanningOptions(
      alignment: plan.alignment, inPlace: inPlace, layoutNodeLimit: Self.layoutNodeLimit)
    let order = OperatorOrder(binding.graph)
    let problem = order.problem(options)
    if problem.hasNoOrder(but: plan.steps.map(\.op)) {
      (inAnyOrder, isReached) = (own, true)
      return
    }
    // Rounded sizes count the padding of the highest buffer, exact ones no padding at all.
    let sizes = binding.graph.tensors.map(\.type.sizeInBytes)
    let padding = sizes.map { $0.roundedUp(to: plan.alignment) - $0 }.max() ?? 0
    let exact = order.problem(options, roundsSizes: false)
    let bounds = zip([problem, exact], [padding, 0]).map { problem, padding in
      (try? Self.search.least(problem, given: plan.steps.map(\.op))).map {
        $0.lowerBound - padding
      } ?? 0
    }
    inAnyOrder = min(own, bounds.max() ?? 0)
    options.order = .least
    isReached =
      own == inAnyOrder
      || TilingLowering.untiled(binding.graph, profile: binding.profile, options: options)
        .peakInBytes == inAnyOrder
  }
}

extension PlanBinding {
  /// Whether each step runs an operator of its own, all of it, on whole tensors in the arena.
  fileprivate var runsWholeOperators: Bool {
    plan.steps.count == graph.nodes.count && Set(plan.steps.map(\.op)).count == plan.steps.count
      && plan.steps.allSatisfy { $0.phase == .whole && $0.reduce == nil }
      && plan.buffers.allSatisfy {
        $0.memory != .host && $0.rings.isEmpty && $0.region == graph.whole($0.tensor)
      }
      && Set(plan.buffers.map(\.tensor)).count == plan.buffers.count
  }
}
