public import Graph
public import Ops
internal import Synchronization
internal import Tensor

/// Finds the plans of one network that trade memory for multiply-accumulates.
///
/// The operators, in the order of the file, are divided into groups of consecutive ones in every way, and each
/// group may be run in many. Costs of groups are computed without plans; a way to run the operators up to some
/// place is a label (peak, multiply-accumulates), and labels that another one beats in both are dropped when
/// there are too many. What is left at the end is made into plans, the lowest bounds first, and laid out.
public struct FrontierSearch: Sendable {
  let graph: Graph
  let options: SearchOptions
  private let profile: Profile
  private let progress: (@Sendable (Progress) -> Void)?

  /// How far a search has come.
  public struct Progress: Sendable {
    /// What it does.
    public enum Phase: String, Sendable {
      case weighing = "weighing groups"
      case planning = "laying out plans"
    }

    /// What it does.
    public let phase: Phase
    /// How much of it is done.
    public let done: Int
    /// How much there is, at most.
    public let total: Int
  }

  /// How many plans are made at a time.
  private static let batchSize = 8

  /// Prepares a search; `progress` is told how far it is.
  public init(
    _ graph: Graph, profile: Profile, options: SearchOptions = SearchOptions(),
    progress: (@Sendable (Progress) -> Void)? = nil
  ) {
    self.graph = graph
    self.profile = profile
    self.options = options
    self.progress = progress
  }

  /// The ways to run consecutive operators that are weighed; their room counts what lies beside them in the arena.
  public func candidates(for ops: Range<Int>) -> [GroupCandidate] {
    let enumeration = GroupEnumeration(graph, options)
    let beside = enumeration.table.roomBeside(ops)
    return enumeration.candidates(ops).map {
      GroupCandidate(
        group: $0.group, cost: GroupCost(room: $0.cost.room + beside, macs: $0.cost.macs))
    }
  }

  /// The frontier.
  ///
  /// - Complexity: O(n^2) groups for n operators, each weighed in time linear in its rows.
  public func frontier() -> Frontier {
    var realization = Realization(graph, profile, options)
    var labels = LabelTable(graph, options, untiledPeak: realization.untiled.peakInBytes)
    let count = graph.nodes.count
    let empty = labels
    let done = Mutex(0)
    let weighings = Parallel.map(count) { place in
      let weighing = empty.weigh(from: place)
      let weighed = done.withLock { done in
        done += 1
        return done
      }
      progress?(Progress(phase: .weighing, done: weighed, total: count))
      return weighing
    }
    for weighing in weighings { labels.extend(by: weighing) }
    var finalists = labels.finalists()
    // Where all tilings are few, nobody has to trust a bound.
    let areFew = labels.isComplete && finalists.count <= options.exhaustiveLimit
    var plans = 0
    while finalists.spent < options.stepLimit,
      let (batch, queue) = finalists.take(
        Self.batchSize,
        where: { areFew || realization.mayImprove(bound: $0.peak, macs: $0.macs) })
    {
      let (labelled, made) = (labels, realization)
      let points = Parallel.map(batch.count) { index in
        made.point(labelled.groups(of: batch[index]), isFinal: areFew)
      }
      for case let point? in points {
        realization.keep(point)
        finalists.spend(point.plan.steps.count, on: queue)
      }
      plans += batch.count
      progress?(Progress(phase: .planning, done: finalists.passed, total: finalists.count))
    }
    realization.polish()
    return Frontier(
      untiled: realization.untiled, points: realization.points,
      leastEstimate: min(realization.untiled.peakInBytes, finalists.leastPeak ?? .max),
      isExhaustive: labels.isComplete && finalists.passed == finalists.count,
      work: (labels.weighed, plans))
  }
}
