import Planning
import Tensor

extension OrderFixture {
  /// Kinds of networks with branches.
  enum Family: CaseIterable {
    case residual
    case inception
    case detector
    case encoderDecoder
    case cells
  }

  /// A network in the making: each step makes one value, of a random size.
  struct Network {
    private(set) var steps: [(size: Int, reads: [Int])] = []
    private var generator: SplitMix64

    init(using generator: inout SplitMix64) {
      self.generator = SplitMix64(seed: generator.next())
    }

    func problem() throws -> OrderProblem { try OrderFixture.network(steps) }

    mutating func draw(_ range: ClosedRange<Int>) -> Int {
      Int.random(in: range, using: &generator)
    }

    mutating func add(_ size: Int, after reads: [Int]) -> Int {
      steps.append((size, reads))
      return steps.count - 1
    }

    mutating func chain(_ count: Int, _ sizes: ClosedRange<Int>, after step: Int) -> Int {
      (0..<count).reduce(step) { last, _ in add(draw(sizes), after: [last]) }
    }

    /// Three branches from a step to a step, each of which has three branches, and so on.
    mutating func nest(depth: Int, after step: Int) -> Int {
      guard depth > 0 else { return chain(2, 1...50, after: step) }
      let source = add(draw(1...50), after: [step])
      let ends = (0..<3).map { _ in nest(depth: depth - 1, after: source) }
      return add(draw(1...50), after: ends)
    }

    /// About `count` steps of a family.
    mutating func add(_ family: Family, steps count: Int) {
      let source = add(3000, after: [])
      switch family {
      case .residual: addResidualBlocks(count, source)
      case .inception: addInceptionBlocks(count, source)
      case .detector: addDetector(count, source)
      case .encoderDecoder: addEncoderDecoder(count, source)
      case .cells: addCells(count, source)
      }
    }

    private mutating func addResidualBlocks(_ count: Int, _ source: Int) {
      var last = source
      while steps.count < count {
        let branch = chain(3, 500...6000, after: last)
        let shortcut = draw(0...2) == 0 ? chain(1, 500...3000, after: last) : last
        last = add(draw(500...3000), after: [shortcut, branch])
      }
    }

    private mutating func addInceptionBlocks(_ count: Int, _ source: Int) {
      var last = source
      while steps.count < count {
        let ends = [1, 2, 3, 2].map { chain($0, 100...3000, after: last) }
        last = add(draw(1000...4000), after: ends)
      }
    }

    /// A backbone with two heads after every fourth step, all of them concatenated.
    private mutating func addDetector(_ count: Int, _ source: Int) {
      var last = source
      var ends: [Int] = []
      while steps.count < count {
        last = chain(4, 300...3000, after: last)
        ends += [chain(3, 100...2000, after: last), chain(3, 100...900, after: last)]
      }
      _ = add(5000, after: ends)
    }

    /// Values kept from the way down to the way up, six of them through steps of their own.
    private mutating func addEncoderDecoder(_ count: Int, _ source: Int) {
      var last = source
      var skips: [Int] = []
      while steps.count < count / 3 {
        last = chain(2, 500...5000, after: last)
        skips.append(skips.count < 6 ? chain(2, 300...3000, after: last) : last)
        last = chain(1, 100...900, after: last)
      }
      for skip in skips.reversed() {
        last = chain(1, 500...5000, after: last)
        last = add(draw(500...5000), after: [last, skip])
        last = chain(2, 100...1000, after: last)
      }
    }

    /// Cells of six sums over pairs of values, from the two cells before and one of the last six.
    private mutating func addCells(_ count: Int, _ source: Int) {
      var cells = [source, chain(1, 2000...2000, after: source)]
      while steps.count < count {
        var inner = cells.suffix(2).map { chain(1, 300...900, after: $0) }
        inner.append(
          chain(1, 300...900, after: cells[draw(max(0, cells.count - 6)...cells.count - 1)]))
        var read: Set<Int> = []
        for _ in 0..<6 {
          let pair = [inner[draw(0...inner.count - 1)], inner[draw(0...inner.count - 1)]]
          read.formUnion(pair)
          let ends = pair.map { chain(draw(1...2), 300...900, after: $0) }
          inner.append(add(draw(300...900), after: ends))
        }
        cells.append(add(draw(1000...3000), after: inner.filter { !read.contains($0) }))
      }
    }
  }

  /// A chain of 30, chains of 4 from its end, and a chain of 30 that joins them.
  static func split(
    chains count: Int, using generator: inout SplitMix64
  ) throws -> OrderProblem {
    var network = Network(using: &generator)
    let source = network.add(10, after: [])
    let end = network.chain(29, 1...100, after: source)
    let ends = (0..<count).map { _ in network.chain(4, 1...100, after: end) }
    let join = network.add(10, after: ends)
    _ = network.chain(29, 1...100, after: join)
    return try network.problem()
  }

  /// Chains side by side, whose ends are kept.
  static func chains(_ chains: [[Int]]) throws -> OrderProblem {
    var steps: [(size: Int, reads: [Int])] = []
    for chain in chains {
      for (place, size) in chain.enumerated() {
        steps.append((size, place == 0 ? [] : [steps.count - 1]))
      }
    }
    return try network(steps)
  }

  /// A network in which a step reads each earlier one with a chance of `density` in ten.
  static func randomNetwork(
    steps count: Int, density: Int, using generator: inout SplitMix64
  ) throws -> OrderProblem {
    try network(
      (0..<count).map { step in
        let reads = (0..<step).filter { _ in
          Int.random(in: 0..<10, using: &generator) < density
        }
        return (Int.random(in: 1...20, using: &generator), reads)
      })
  }
}
