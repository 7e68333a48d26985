/// The plans of a frontier as comma-separated values, one a line.
public struct FrontierCSV: Sendable {
  private let model: String
  private let profile: String
  private let points: [FrontierPoint]

  /// Gathers what is written.
  public init(model: String, profile: String, points: [FrontierPoint]) {
    self.model = model
    self.profile = profile
    self.points = points
  }

  private static let header =
    "model,profile,peak,macs,saved,overhead,certified,modes,groups,plan"

  /// A header and a line per plan; bytes, and shares of the untiled program's bytes and
  /// multiply-accumulates.
  public var text: String {
    let rows = points.map { point in
      [
        model, profile, "\(point.cost.peak)", "\(point.cost.macs)",
        point.saved.text(decimals: 6), point.overhead.text(decimals: 6),
        point.isCertified ? "true" : "false", point.modes.joined(separator: " "),
        point.groups.joined(separator: "; "), point.plan ?? "",
      ].map(Self.quoted).joined(separator: ",")
    }
    return ([Self.header] + rows).map { $0 + "\n" }.joined()
  }

  /// A field, in quotes where it holds what separates fields.
  private static func quoted(_ field: String) -> String {
    let isPlain = !field.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    return isPlain ? field : "\"\(field.replacing("\"", with: "\"\""))\""
  }
}
