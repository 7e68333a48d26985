/// What a search for tilings had to keep to.
public struct SearchConventions: Encodable, Sendable {
  let modes: [String]
  let alignment: Int
  let inPlace: String
  let excludesInputs: Bool
  let excludesOutputs: Bool
  let largestOverhead: Double?

  /// States conventions; `largestOverhead` is a share of the network's multiply-accumulates, `nil` for any.
  public init(
    modes: [String], alignment: Int, inPlace: String, excludesInputs: Bool, excludesOutputs: Bool,
    largestOverhead: Double?
  ) {
    self.modes = modes
    self.alignment = alignment
    self.inPlace = inPlace
    self.excludesInputs = excludesInputs
    self.excludesOutputs = excludesOutputs
    self.largestOverhead = largestOverhead
  }

  /// The conventions in a line.
  var text: String {
    var parts = [modes.joined(separator: ", ")]
    if let largestOverhead {
      parts.append("overhead at most \((largestOverhead * 100).text(decimals: 2)) %")
    }
    parts.append("alignment \(alignment)")
    parts.append("in place: \(inPlace)")
    let outside = [excludesInputs ? "inputs" : nil, excludesOutputs ? "outputs" : nil]
      .compactMap { $0 }
    if !outside.isEmpty { parts.append("\(outside.joined(separator: " and ")) outside the arena") }
    return parts.joined(separator: "; ")
  }
}
