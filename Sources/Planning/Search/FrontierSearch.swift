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

  /// How many tilings are all made into plans.
  private static let fewFinalists = 200

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

  /// The ways to run consecutive operators that are weighed; `nil` stands for whole operators.
  public func groups(of ops: Range<Int>) -> [FusedGroup?] {
    GroupEnumeration(graph, options).candidates(ops).map(\.group)
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
    let finalists = labels.finalists()
    // Where all tilings are few, nobody has to trust a bound.
    let areFew = labels.isComplete && finalists.count <= Self.fewFinalists
    var (plans, steps, next) = (0, 0, 0)
    while next < finalists.count, steps < options.stepLimit {
      var batch: [SearchLabel] = []
      while next < finalists.count, batch.count < Self.batchSize {
        let label = finalists[next]
        if areFew || realization.mayImprove(bound: label.peak, macs: label.macs) {
          batch.append(label)
        }
        next += 1
      }
      let (labelled, made) = (labels, realization)
      let points = Parallel.map(batch.count) { [batch] index in
        made.point(labelled.groups(of: batch[index]), isFinal: areFew)
      }
      for case let point? in points {
        realization.keep(point)
        steps += point.plan.steps.count
      }
      plans += batch.count
      progress?(Progress(phase: .planning, done: next, total: finalists.count))
    }
    realization.polish()
    return Frontier(
      untiled: realization.untiled, points: realization.points,
      lowestBound: finalists.reduce(realization.untiled.peakInBytes) { min($0, $1.peak) },
      isExhaustive: labels.isComplete && next == finalists.count,
      work: (labels.weighed, plans))
  }
}
