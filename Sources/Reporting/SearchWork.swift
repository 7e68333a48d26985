/// How far a search for tilings went.
public struct SearchWork: Encodable, Sendable {
  let groups: Int
  let plans: Int
  let isExhaustive: Bool
  let lowestBound: Int

  /// States how many groups were weighed and how many plans were laid out; whether that was all of them, and the
  /// peak that none of them goes under then.
  public init(groups: Int, plans: Int, isExhaustive: Bool, lowestBound: Int) {
    self.groups = groups
    self.plans = plans
    self.isExhaustive = isExhaustive
    self.lowestBound = lowestBound
  }

  /// The work in a line.
  var text: String {
    "\(groups.counted("group")) weighed, \(plans.counted("plan")) laid out; "
      + (isExhaustive
        ? "all that there are; \(lowestBound.grouped) bytes are in use together at least"
        : "not all that there are: one that was left out may be better")
  }
}
