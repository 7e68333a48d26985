internal import Tensor

/// The strategies for one model.
struct PackingStrategies {
  /// What items descend by; the second number decides between equal ones.
  private let keys: [[(Double, Double)]]
  /// For each strategy, how much each item had to do with its recent failures.
  private var blames: [[Double]]
  private var random = SplitMix64(seed: 0)

  /// Lowest floors from either end of time; fullest sections among them; or sections in the order
  /// of the middle between their floors now and the highest that would do.
  private static let preferences = [
    PackingStrategy.Preference(floorWeight: 64, loadWeight: 1, isLate: false),
    PackingStrategy.Preference(floorWeight: 1, loadWeight: 1, isLate: false),
    PackingStrategy.Preference(floorWeight: 1, loadWeight: 0, isLate: true),
    PackingStrategy.Preference(floorWeight: 1, loadWeight: 0, isLate: false),
  ]

  /// How many strategies there are, those with chance in them aside.
  var count: Int { keys.count * Self.preferences.count }

  init(_ model: PackingModel) {
    let problem = model.problem
    var loads = [Int](repeating: 0, count: model.sections.count)
    for run in model.runs { for section in run.sections { loads[section] += run.room } }
    let crowds = model.items.map { item in
      Double(model.runs[item.runs].reduce(0) { max($0, loads[$1.sections].max() ?? 0) })
    }
    let sizes = model.items.map { Double($0.room) }
    let lifetimes = model.items.map { item in
      problem.buffers[item.buffer].lifespans.reduce(0) { $0 + Double($1.count) }
    }
    let areas = zip(sizes, lifetimes).map { $0 * $1 }
    keys = [
      (lifetimes, areas), (areas, lifetimes), (crowds, lifetimes), (crowds, areas),
      (sizes, lifetimes),
    ].map { Array(zip($0, $1)) }
    blames = Array(
      repeating: [Double](repeating: 0, count: model.items.count),
      count: keys.count * Self.preferences.count)
  }

  /// A strategy without chance, by its index below ``count``.
  subscript(index: Int) -> PackingStrategy {
    strategy(keys[index % keys.count], Self.preferences[index / keys.count])
  }

  /// The index of some strategy.
  mutating func nextIndex() -> Int { Int(nextFraction() * Double(count)) }

  /// A strategy with some noise in its order, and with items that were to blame coming earlier.
  mutating func varied(_ index: Int) -> PackingStrategy {
    let key = keys[index % keys.count]
    let largest = max(key.reduce(0) { max($0, $1.0) }, 1)
    let largestBlame = max(blames[index].max() ?? 0, 1)
    let noisy = zip(key, blames[index]).map { key, blame in
      (key.0 / largest * (1 + nextFraction()) + blame / largestBlame, key.1)
    }
    return strategy(noisy, Self.preferences[index / keys.count])
  }

  /// Learns how often items were in the way when a variation of a strategy failed.
  mutating func learn(_ index: Int, failures: [Int]) {
    for (item, count) in failures.enumerated() {
      blames[index][item] = 0.9 * (blames[index][item] + Double(count))
    }
  }

  /// A number from 0 to below 1.
  private mutating func nextFraction() -> Double { Double(random.next() >> 11) * 0x1p-53 }

  private func strategy(
    _ key: [(Double, Double)], _ preference: PackingStrategy.Preference
  ) -> PackingStrategy {
    let order = key.indices.sorted { a, b in
      (key[b].0, key[b].1, a) < (key[a].0, key[a].1, b)
    }
    var ranks = [Int](repeating: 0, count: order.count)
    for (rank, item) in order.enumerated() { ranks[item] = rank }
    return PackingStrategy(ranks: ranks, preference: preference)
  }
}
