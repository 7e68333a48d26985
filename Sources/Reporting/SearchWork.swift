/// How far a search for tilings went.
public struct SearchWork: Encodable, Sendable {
  let groups: Int
  let plans: Int
  let isExhaustive: Bool
  let estimatedLeastPeak: Int

  /// States how many groups were weighed and how many plans were laid out; whether that was all of them, and the
  /// fewest bytes that any of them is estimated to need.
  public init(groups: Int, plans: Int, isExhaustive: Bool, estimatedLeastPeak: Int) {
    self.groups = groups
    self.plans = plans
    self.isExhaustive = isExhaustive
    self.estimatedLeastPeak = estimatedLeastPeak
  }

  /// The work in a line.
  var text: String {
    "\(groups.counted("group")) weighed, \(plans.counted("plan")) laid out; "
      + (isExhaustive
        ? "all that there are; none is estimated to need less than \(estimatedLeastPeak.grouped) bytes"
        : "not all that there are: one that was left out may be better")
  }
}
