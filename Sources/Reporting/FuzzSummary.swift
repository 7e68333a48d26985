public import Fuzz
internal import Ops
internal import Planning

/// What a run of `fuzz`, or a shard of it, came to: the last of its JSON lines.
public struct FuzzSummary: Document, Codable {
  /// What tells one run from another: shards of one run have the same.
  public struct Run: Hashable, Codable, Sendable {
    /// How many pairs the whole run has.
    public let count: Int
    /// What it is drawn from.
    public let seed: UInt64
    /// The one network, by its name and its hash, or none.
    public let model: String?
    /// The program under test, if it is not this one.
    public let tiler: String?
    /// The operators that are drawn, by name.
    public let operators: [String]
    /// The kinds of groups that are drawn.
    public let modes: [String]
    /// The profile, or none if each network has one of its own.
    public let profile: String?

    /// Gathers what tells a run from others.
    public init(_ options: CampaignOptions, model: String?, tiler: String?) {
      count = options.count
      seed = options.seed
      self.model = model
      self.tiler = tiler
      operators = GenerationOptions.allOperators.filter(options.generation.operators.contains)
      modes = options.modes.map(\.rawValue).sorted()
      profile = options.profile?.name
    }
  }

  /// What lines of this kind say that they are.
  public static let event = "summary"

  let event: String
  /// The run.
  public let run: Run
  /// The shards that were done, of how many.
  public let shards: [Shard]
  /// Whether all of them were done to the end.
  public let isComplete: Bool
  /// The seconds that all processors together took.
  public let jobSeconds: Double
  /// What was done.
  public let tally: CampaignTally
  /// What was never drawn.
  public let missing: [String]

  /// Gathers what a run came to.
  public init(
    _ run: Run, shards: [Shard], isComplete: Bool, jobSeconds: Double, tally: CampaignTally
  ) {
    event = Self.event
    self.run = run
    self.shards = shards
    self.isComplete = isComplete
    self.jobSeconds = jobSeconds
    self.tally = tally
    // A network that was given has what it has.
    let ofNetworks =
      run.model == nil ? tally.coverage.missing(operators: run.operators) : []
    let ofPlans =
      run.tiler == nil
      ? tally.coverage.missingOfPlans(modes: Set(run.modes.compactMap(SearchMode.init))) : []
    missing = ofNetworks + ofPlans
  }

  /// Reads what `fuzz --json` printed last.
  ///
  /// - Throws: what is no such line.
  init(parsing json: [UInt8]) throws(RecordError) {
    self = try RecordError.decoding(Self.self, from: json, as: "a summary of fuzz")
  }

  /// Counts, the coverage by section, and the verdict.
  public var text: String {
    let coverage = tally.coverage
    var lines = [
      "run        \(subject), seed \(run.seed)\(part)",
      "pairs      \(pairs)\(networks), digest \(tally.digest)",
      "speed      \(rate) pairs a second and job",
    ]
    if run.tiler != nil { lines.append("made       \(programs)") }
    if tally.unprovedCount > 0 {
      lines.append(
        "unproved   \(tally.unprovedCount.grouped), rewritten by other means; no input differs")
    }
    let mistakes = tally.mistakes.values
    func sum(_ count: KeyPath<CampaignTally.MistakeCount, Int>) -> String {
      mistakes.reduce(0) { $0 + $1[keyPath: count] }.grouped
    }
    if !mistakes.isEmpty {
      lines.append(
        "mistakes   \(sum(\.made)) made on purpose: \(sum(\.noticed)) noticed, "
          + "\(sum(\.harmless)) change nothing, \(sum(\.missed)) missed")
    }
    for section in Coverage.Section.allCases {
      let drawn = coverage.all(in: section)
      guard let rarest = drawn.min(by: { $0.count < $1.count }) else { continue }
      lines.append(
        "coverage   \(section.rawValue): \(drawn.count) kinds, the rarest "
          + "\(rarest.count.counted("time")) (\(rarest.name.inWords))")
    }
    if !missing.isEmpty { lines.append("not drawn  \(shownMissing)") }
    lines.append("verdict    \(verdict)")
    return lines.joined(separator: "\n")
  }

  /// How many of the missing things people are shown.
  private static let shownMissingCount = 8

  private var shownMissing: String {
    let rest = missing.count - Self.shownMissingCount
    let shown = missing.prefix(Self.shownMissingCount).map(\.inWords).joined(separator: ", ")
    return rest > 0 ? "\(shown) and \(rest) more; --json has all" : shown
  }

  private var pairs: String {
    let isWhole = tally.pairCount == run.count
    return tally.pairCount.grouped + (isWhole ? "" : " of the run's \(run.count.grouped)")
  }

  /// What a tiler made.
  private var programs: String {
    let made = tally.programs.sorted { $0.key < $1.key }.map { $0.value.counted($0.key) }
    return (made + ["\(tally.declinedCount.grouped) declined"]).joined(separator: ", ")
  }

  private var networks: String {
    run.model == nil ? " of \(tally.coverage.graphCount.grouped) networks" : ""
  }

  private var subject: String {
    [run.tiler.map { "tiler \($0)" }, run.model.map { "plans of \($0)" }].compactMap { $0 }
      .joined(separator: ", ")
      + (run.tiler == nil && run.model == nil ? "random networks" : "")
  }

  private var part: String {
    guard let count = shards.first?.count, count > 1 else { return "" }
    let numbers = shards.map { String($0.number) }.joined(separator: ", ")
    return ", \(shards.count == 1 ? "shard" : "shards") \(numbers) of \(count)"
  }

  private var rate: String {
    jobSeconds > 0 ? Int(Double(tally.pairCount) / jobSeconds).grouped : "0"
  }

  /// Whether there was nothing to check, as a tiler declined every network.
  public var checksNothing: Bool {
    tally.declinedCount > 0 && tally.pairCount == tally.declinedCount
  }

  private var verdict: String {
    let failures = tally.failureCount.counted("failure")
    let rest = isComplete ? "" : "; not all of it was done"
    if tally.failureCount > 0 { return failures + rest }
    if checksNothing { return "nothing was checked: the tiler declined every network" }
    return isComplete ? "no failure" : "no failure so far\(rest)"
  }
}

extension String {
  /// A name of several words, with blanks between them: `severalInputs` as `several inputs`; names of operators as they
  /// are.
  fileprivate var inWords: String {
    guard first?.isLowercase == true else { return self }
    return map { $0.isUppercase ? " " + $0.lowercased() : String($0) }.joined()
  }
}
