extension PackingSearch {
  /// Looks for a layout below `capacity` bytes with one strategy after another.
  ///
  /// Whether a strategy is lucky shows early, so all get a short run, and as many others that have
  /// some chance in them. Then limits and numbers are doubled, again and again: in the end one of
  /// the strategies has seen everything.
  mutating func fit(capacity: Int, nodeLimit: Int) -> Outcome {
    var strategies = PackingStrategies(model)
    let end = nodes + nodeLimit
    let lastRaise = raises + Self.raisesPerNode * nodeLimit
    let short = 2 * model.items.count + 100
    var limit = short
    while true {
      for index in 0..<strategies.count {
        let outcome = run(
          strategies[index], capacity: capacity, nodeLimit: min(limit, end - nodes))
        guard outcome == .nodeLimit, nodes < end, raises < lastRaise else { return outcome }
      }
      for _ in 0..<3 * strategies.count * limit / short {
        let index = strategies.nextIndex()
        let outcome = run(
          strategies.varied(index), capacity: capacity, nodeLimit: min(short, end - nodes))
        guard outcome == .nodeLimit, nodes < end, raises < lastRaise else { return outcome }
        strategies.learn(index, failures: failures)
      }
      limit *= 2
    }
  }
}
