public import Graph

/// The plans that a search found none better than: each needs fewer bytes than all with no more
/// multiply-accumulates.
public struct Frontier: Sendable {
  /// One plan of the frontier.
  public struct Point: Sendable {
    /// The groups; none for the untiled program.
    public let tiling: Tiling
    /// The plan.
    public let plan: Plan
    /// Multiply-accumulates of the plan.
    public let macs: Int

    /// Bytes from the arena's start to the end of its highest buffer.
    public var peakInBytes: Int { plan.peakInBytes }
  }

  /// The program without tiles.
  public let untiled: Point
  /// The plans, ascending by multiply-accumulates, descending by peak.
  public let points: [Point]
  /// The fewest bytes that a tiling was estimated to need.
  let leastEstimate: Int
  /// Whether every plan was weighed, so that none of the kinds that were searched beats a point.
  public let isExhaustive: Bool
  /// How many groups were weighed, and how many plans were laid out.
  public let work: (groups: Int, plans: Int)

  /// The fewest bytes that any tiling which was weighed is estimated to need, or that the least plan needs where
  /// that is lower: an estimate, and no bound.
  public var estimatedLeastPeak: Int { min(leastEstimate, least.peakInBytes) }

  /// The plan of the least multiply-accumulates with a peak of at most `bytes`.
  public func point(within bytes: Int) -> Point? { points.first { $0.peakInBytes <= bytes } }

  /// The plan with the lowest peak.
  public var least: Point { points.last ?? untiled }
}
