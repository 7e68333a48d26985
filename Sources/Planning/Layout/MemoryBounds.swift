public import Graph
internal import Tensor

/// Peaks that no layout of a plan's buffers can go under.
///
/// Layouts are those that keep a buffer whole from its first write to the last read of it, but for what the
/// in-place policy lets overlap. A plan of another tool may go under by writing on rows that are dead already; the
/// bounds that allow most are then its peak.
public struct MemoryBounds: Hashable, Sendable {
  /// What may overlap.
  public let inPlace: InPlacePolicy
  /// The bytes that are live at the worst step, the steps being in the plan's order.
  public let inItsOrder: Int
  /// What the steps need in any order.
  public let inAnyOrder: Int
  /// Whether some order is known that needs no more than that.
  public let isReached: Bool

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
    var own = PlanLayout(binding, inPlace: inPlace).problem.lowerBound.bytes
    // Plans may also free parts of buffers; the bounds are of layouts that keep buffers whole.
    if inPlace == .all { own = min(own, plan.peakInBytes) }
    inItsOrder = own
    guard binding.runsWholeOperators else {
      let needs = StepNeeds(binding, inPlace: inPlace)
      inAnyOrder = min(own, needs.largest)
      isReached = own == inAnyOrder
      return
    }
    // Rounded sizes count the padding of the highest buffer, exact ones no padding at all.
    let options = PlanningOptions(alignment: plan.alignment, inPlace: inPlace)
    let rounded = OperatorOrder(binding.graph).problem(options)
    let exact = OperatorOrder(binding.graph).problem(options, roundsSizes: false)
    let given = plan.steps.map(\.op)
    let orders = [rounded, exact].compactMap { try? Self.search.least($0, given: given) }
    let padding = binding.graph.tensors.map(\.type.sizeInBytes).map {
      $0.roundedUp(to: plan.alignment) - $0
    }
    let bounds = zip(orders, [padding.max() ?? 0, 0]).map { $0.lowerBound - $1 }
    inAnyOrder = min(own, bounds.max() ?? 0)
    isReached = own == inAnyOrder || orders.first?.peakInBytes == inAnyOrder
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
