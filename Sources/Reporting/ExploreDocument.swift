/// What `explore` shows: the plans that trade memory for multiply-accumulates.
public struct ExploreDocument: Document {
  let model: String
  let profile: String
  let untiled: ProgramCost
  let conventions: SearchConventions
  let points: [FrontierPoint]
  let search: SearchWork
  let explanations: [OperatorNote]?
  let files: [PlanDocument.File]
  let seconds: SearchSeconds

  /// Gathers what is shown; `explanations` are of the plan with the lowest peak, `nil` where nobody
  /// asked for any.
  public init(
    model: String, profile: String, untiled: ProgramCost, conventions: SearchConventions,
    points: [FrontierPoint], search: SearchWork, explanations: [OperatorNote]?,
    files: [PlanDocument.File], seconds: SearchSeconds
  ) {
    self.model = model
    self.profile = profile
    self.untiled = untiled
    self.conventions = conventions
    self.points = points
    self.search = search
    self.explanations = explanations
    self.files = files
    self.seconds = seconds
  }

  /// A row per plan, between what was searched and how long it took.
  public var text: String {
    var table = TextTable(
      ["peak", "saved", "MACs", "overhead", "certified", "modes", "groups"],
      rightAligned: [0, 1, 2, 3])
    for point in points {
      table.add([
        point.cost.peak.grouped, "\((point.saved * 100).text(decimals: 1)) %",
        point.cost.macs.grouped, point.cost.overheadText(over: untiled),
        point.isCertified ? "yes" : "NO", point.modes.joined(separator: ", "), point.brief,
      ])
    }
    var lines = [
      "model    \(model), profile \(profile)",
      "untiled  \(untiled.peak.grouped) bytes, \(untiled.macs.grouped) MACs",
      "searched \(conventions.text)",
      "search   \(search.text)",
      "", table.text, "",
    ]
    for point in points {
      lines += point.faults.map { "fault    \(point.cost.peak.grouped) bytes: \($0)" }
    }
    if let explanations {
      let least = points.last?.cost ?? untiled
      lines += [OperatorNote.table(explanations, peak: least.peak), ""]
    }
    lines += files.map { "wrote    \($0.path), \($0.bytes.grouped) bytes" }
    lines.append("time     \(seconds.text)")
    return lines.joined(separator: "\n")
  }
}
