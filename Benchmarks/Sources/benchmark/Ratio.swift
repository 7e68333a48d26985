/// The time of one piece of work as a multiple of another's, measured in turn.
struct Ratio {
  /// The median of the ratios, pair by pair.
  let median: Double
  /// The shortest time of the work that is divided by, in seconds.
  let baseSeconds: Double

  /// Times `work` and `base` in turn, after one run of each that is not counted.
  init(rounds: Int, of work: () throws -> Void, to base: () throws -> Void) rethrows {
    try work()
    try base()
    var ratios: [Double] = []
    var shortest = Double.infinity
    for _ in 0..<rounds {
      let seconds = try Self.seconds(base)
      shortest = min(shortest, seconds)
      ratios.append(try Self.seconds(work) / seconds)
    }
    median = ratios.sorted()[rounds / 2]
    baseSeconds = shortest
  }

  /// How long some work takes.
  static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let elapsed = try ContinuousClock().measure(work)
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
  }
}
