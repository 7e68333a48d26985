import Planning
import Testing

/// Groups over one of the project's own models, and what they cost.
struct LoweringCase: CustomTestStringConvertible, Sendable {
  /// Multiply-accumulates of a plan.
  enum Cost: Sendable {
    /// Those of the untiled program.
    case untiled
    /// Those that the halo of spatial tiles adds, by an own count.
    case halo
  }

  let model: String
  let groups: [FusedGroup]
  let cost: Cost

  init(_ model: String, _ cost: Cost, _ groups: FusedGroup...) {
    self.model = model
    self.cost = cost
    self.groups = groups
  }

  var testDescription: String {
    model
      + groups.map { group in
        let cuts = [("h", group.cuts.height), ("w", group.cuts.width), ("c", group.cuts.channels)]
          .compactMap { name, cuts in cuts.map { " \(name)\($0)" } }.joined()
        let line = group.mode == .line ? " step \(group.step) \(group.ringAxis)" : ""
        return " \(group.mode) \(group.ops)\(cuts)\(line)\(group.inner.isEmpty ? "" : " nested")"
      }.joined()
  }

  static func recompute(
    _ ops: ClosedRange<Int>, height: [Int]? = nil, width: [Int]? = nil, inner: FusedGroup? = nil
  ) -> FusedGroup {
    FusedGroup(
      ops: Array(ops), mode: .recompute, cuts: .init(height: height, width: width), inner: inner)
  }

  static func line(
    _ ops: ClosedRange<Int>, step: Int = 1, width: [Int]? = nil
  ) -> FusedGroup {
    FusedGroup(ops: Array(ops), mode: .line, cuts: .init(width: width), step: step)
  }

  static func columns(
    _ ops: ClosedRange<Int>, step: Int = 1, height: [Int]? = nil
  ) -> FusedGroup {
    FusedGroup(
      ops: Array(ops), mode: .line, cuts: .init(height: height), step: step, ringAxis: .width)
  }

  static func channels(_ ops: ClosedRange<Int>, _ cuts: [Int]?) -> FusedGroup {
    FusedGroup(ops: Array(ops), mode: .channels, cuts: .init(channels: cuts))
  }

  /// Boundaries of `parts` slices of 64.
  static func slices(_ parts: Int) -> [Int] { (0...parts).map { $0 * 64 / parts } }
}
