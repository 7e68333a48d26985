public import Graph
public import Verify

/// What `prove-checker` shows: who catches which mistakes.
public struct ProveCheckerDocument: Document {
  /// What was found of the checker.
  public enum Verdict: String, Encodable, Sendable {
    /// Every mistake was caught, or was none.
    case proved
    /// A mistake was missed.
    case missed
    /// A plan without a mistake is refuted.
    case unsound
    /// There was no plan to make mistakes in.
    case inconclusive
  }

  /// One plan and its mutants.
  public struct Plan: Encodable, Sendable {
    let mode: String
    let plan: String?
    let steps: Int
    let buffers: Int
    let isSound: Bool
    let symbolicLimit: Int
    let classes: [Row]
    let missed: [String]
    fileprivate let tallies: [FaultTally]

    enum CodingKeys: String, CodingKey {
      case mode, plan, steps, buffers, isSound, symbolicLimit, classes, missed
    }

    /// A plan, what to call it, and what became of its mutants.
    public init(mode: String, name: String, _ bound: PlanBinding, _ result: FaultInjection.Result) {
      self.mode = mode
      plan = name
      steps = bound.plan.steps.count
      buffers = bound.plan.buffers.count
      isSound = result.isSound
      symbolicLimit = result.symbolicLimit
      classes = result.tallies.map { Row($0.faultClass.rawValue, $0) }
      missed = result.missed.map(\.description)
      tallies = result.tallies
    }

    /// A mode that no group of the network allows.
    public init(mode: String) {
      self.mode = mode
      plan = nil
      (steps, buffers, isSound, symbolicLimit) = (0, 0, true, 0)
      (classes, missed, tallies) = ([], [], [])
    }
  }

  /// The counts of one class.
  struct Row: Encodable {
    let name: String
    let possible: Int
    let places: Int
    let malformed: Int
    let walk: Int
    let symbolic: Int
    let equivalent: Int
    let missed: Int
    let symbolicRuns: Int
    let symbolicAlone: Int

    init(_ name: String, _ tally: FaultTally) {
      self.name = name
      possible = tally.possible
      places = tally.places
      malformed = tally.malformed
      walk = tally.walk
      symbolic = tally.symbolic
      equivalent = tally.equivalent
      missed = tally.missed
      symbolicRuns = tally.symbolicRuns
      symbolicAlone = tally.symbolicAlone
    }

    /// In the order of the table's header.
    var cells: [String] {
      [name] + [places, malformed, walk, symbolic, equivalent, missed].map(\.grouped)
        + ["\(symbolicAlone.grouped) of \(symbolicRuns.grouped)"]
    }
  }

  let model: String
  let profile: String
  let judges: String
  let seed: UInt64
  let plans: [Plan]
  let classes: [Row]
  let total: Row?
  /// What was found of the checker.
  public let verdict: Verdict

  /// How many missed mistakes people are shown.
  private static let shownMisses = 12

  /// Gathers what is shown; `judges` names the checks that judged.
  public init(model: String, profile: String, judges: String, seed: UInt64, plans: [Plan]) {
    self.model = model
    self.profile = profile
    self.judges = judges
    self.seed = seed
    self.plans = plans
    let tallies = FaultClass.allCases.compactMap { faultClass in
      Self.sum(plans.flatMap { $0.tallies.filter { $0.faultClass == faultClass } })
    }
    classes = tallies.map { Row($0.faultClass.rawValue, $0) }
    total = Self.sum(tallies).map { Row("all", $0) }
    verdict =
      switch total {
      case .some where plans.contains { !$0.isSound }: .unsound
      case .some(let total) where total.missed > 0: .missed
      case .some(let total) where total.places > 0: .proved
      default: .inconclusive
      }
  }

  private static func sum(_ tallies: [FaultTally]) -> FaultTally? {
    guard let first = tallies.first else { return nil }
    return tallies.dropFirst().reduce(first, +)
  }

  /// The plans, a table of all of them by class, and the verdict.
  public var text: String {
    var lines = ["model      \(model), profile \(profile), seed \(seed), judged by \(judges)"]
    for plan in plans {
      let head = plan.mode + String(repeating: " ", count: 11 - plan.mode.count)
      if let name = plan.plan {
        let sound = plan.isSound ? "" : "; refuted as it is, without any mistake"
        lines.append(
          head + "\(name): \(plan.steps.grouped) steps, \(plan.buffers.grouped) buffers; "
            + "at most \(plan.symbolicLimit.grouped) symbolic runs a class\(sound)")
      } else {
        lines.append(head + "left out: no group that was tried can be lowered")
      }
    }
    lines += ["", table, ""]
    let misses = plans.flatMap { plan in plan.missed.map { "missed     \(plan.mode): \($0)" } }
    lines += misses.prefix(Self.shownMisses)
    if misses.count > Self.shownMisses {
      lines.append(
        "missed     and \((misses.count - Self.shownMisses).grouped) more; --json shows all")
    }
    lines.append("verdict    \(summary)")
    return lines.joined(separator: "\n")
  }

  private var table: String {
    var table = TextTable(
      [
        "mistake", "places", "malformed", "walk", "symbolic", "equivalent", "missed",
        "symbolic alone",
      ], rightAligned: Set(1...7))
    for row in classes + [total].compactMap({ $0 }) { table.add(row.cells) }
    return table.text
  }

  private var summary: String {
    let (places, missed) = (total?.places ?? 0, total?.missed ?? 0)
    return switch verdict {
    case .proved:
      "none of \(places.grouped) mistakes was missed: every one was caught or changes no output"
    case .missed: "\(missed.grouped) of \(places.grouped) mistakes were missed"
    case .unsound: "a plan without any mistake is refuted"
    case .inconclusive: "no plan to make mistakes in"
    }
  }
}
