/// A plan that a search found, as `explore` and `fit` show it.
public struct FrontierPoint: Encodable, Sendable {
  let cost: ProgramCost
  let untiled: ProgramCost
  let modes: [String]
  let groups: [String]
  let brief: String
  let faults: [String]
  let tiling: JSONValue
  let plan: String?

  private enum CodingKeys: CodingKey {
    case peak, macs, overhead, saved, modes, groups, certified, faults, tiling, plan
  }

  /// Describes a plan.
  ///
  /// `modes` are the kinds of groups that it has and `groups` says each of them in words, `brief` all of them in
  /// fewer. `faults` say why it is not certified; none if it is. `plan` is the file that it was written to.
  public init(
    cost: ProgramCost, untiled: ProgramCost, modes: [String], groups: [String], brief: String,
    faults: [String], tiling: JSONValue, plan: String?
  ) {
    self.cost = cost
    self.untiled = untiled
    self.modes = modes
    self.groups = groups
    self.brief = brief
    self.faults = faults
    self.tiling = tiling
    self.plan = plan
  }

  /// Whether the static check has no findings, and runs gave the network's bytes in the planned memory.
  var isCertified: Bool { faults.isEmpty }

  /// Multiply-accumulates beyond the untiled program's, as a share of these.
  var overhead: Double { cost.overhead(over: untiled) }

  /// Bytes saved, as a share of the untiled program's.
  var saved: Double { cost.saving(from: untiled) }

  /// Writes the numbers, the groups and the tiling.
  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(cost.peak, forKey: .peak)
    try members.encode(cost.macs, forKey: .macs)
    try members.encode(overhead, forKey: .overhead)
    try members.encode(saved, forKey: .saved)
    try members.encode(modes, forKey: .modes)
    try members.encode(groups, forKey: .groups)
    try members.encode(isCertified, forKey: .certified)
    if !faults.isEmpty { try members.encode(faults, forKey: .faults) }
    try members.encode(tiling, forKey: .tiling)
    try members.encode(plan, forKey: .plan)
  }
}
