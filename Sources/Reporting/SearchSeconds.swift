/// How long a search for tilings took, and the checks of what it found.
public struct SearchSeconds: Encodable, Sendable {
  let search: Double
  let certify: Double

  /// States durations, to the millisecond.
  public init(search: Duration, certify: Duration) {
    func seconds(_ duration: Duration) -> Double { (duration / .milliseconds(1)).rounded() / 1000 }
    self.search = seconds(search)
    self.certify = seconds(certify)
  }

  /// The durations in a line.
  var text: String {
    "\(search.text(decimals: 1)) s of search, \(certify.text(decimals: 1)) s of checks"
  }
}
