/// What a search for tilings may use, and how far it goes.
public struct SearchOptions: Hashable, Sendable {
  /// The kinds of groups.
  public var modes: Set<SearchMode>
  /// The most multiply-accumulates that a plan may add, as a share of the network's; `nil` for any number.
  public var largestOverhead: Double?
  /// How plans are made.
  public var planning: PlanningOptions
  /// How many steps the plans have together that are laid out to find the frontier's points, at most.
  public var stepLimit: Int
  /// How many partial tilings are kept at each place between operators, at most.
  public var labelLimit: Int
  /// Up to how many tilings in all every one is made into a plan, whatever bound it has.
  public var exhaustiveLimit: Int

  /// Sets options; those left out suit networks of up to some hundred operators.
  public init(
    modes: Set<SearchMode> = Set(SearchMode.allCases), largestOverhead: Double? = nil,
    planning: PlanningOptions = PlanningOptions(), stepLimit: Int = 120_000,
    labelLimit: Int = 2_000,
    exhaustiveLimit: Int = 200
  ) {
    self.modes = modes
    self.largestOverhead = largestOverhead
    self.planning = planning
    self.stepLimit = stepLimit
    self.labelLimit = labelLimit
    self.exhaustiveLimit = exhaustiveLimit
  }

  /// The most multiply-accumulates of a plan for a network that has `macs`.
  func largestMACs(of macs: Int) -> Int {
    guard let largestOverhead else { return .max }
    return Int(exactly: (Double(macs) * (1 + largestOverhead)).rounded(.down)).map { max($0, macs) }
      ?? .max
  }
}
