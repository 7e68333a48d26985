/// What a figure should be at most.
struct Goal {
  let what: String
  let limit: Double
  let unit: String

  /// The figure against the goal, as one line; whether it is met.
  func judge(_ name: String, _ found: Double, base: Double? = nil) -> (line: String, isMet: Bool) {
    let hundredths = (found * 100).rounded() / 100
    let basis = base.map { " of \((($0 * 1e5).rounded() / 100)) ms" } ?? ""
    let isMet = found <= limit
    return (
      "\(isMet ? "met   " : "MISSED") \(name): \(what) \(hundredths)\(unit)\(basis), at most "
        + "\(limit)\(unit)", isMet
    )
  }
}
