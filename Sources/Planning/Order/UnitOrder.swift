internal import Graph

/// Steps in the order of the file, as far as what they read allows.
///
/// Operators stand in such an order; a group of operators apart from one another need not, as operators between may
/// read what its first ones make.
struct UnitOrder {
  /// The steps by their number, each after those that it reads from.
  ///
  /// Of those that may come next, the first one in the file does; those that cannot come stand at the end.
  private(set) var first: [Int] = []
  /// The first step of several operators that waits, by way of others, for itself.
  let circular: Int?

  /// Puts steps in order, each given by its operators.
  ///
  /// - Complexity: O(n log n) in steps and what they read.
  init(_ units: [[Int]], of graph: Graph) {
    var unitOf = [Int](repeating: 0, count: graph.nodes.count)
    for (unit, ops) in units.enumerated() { for op in ops { unitOf[op] = unit } }
    let producers = graph.producers
    let readers = graph.readersOfWhatChanges(unitOf, count: units.count)
    var waitsFor = [Int](repeating: 0, count: units.count)
    var followers = [[Int]](repeating: [], count: units.count)
    for (unit, ops) in units.enumerated() {
      let read = ops.flatMap { graph.nodes[$0].inputs.compactMap { $0.flatMap { producers[$0] } } }
      for source in Set(read.map { unitOf[$0] } + readers[unit]) where source != unit {
        followers[source].append(unit)
        waitsFor[unit] += 1
      }
    }
    var ready = PriorityQueue<Int>()
    for unit in units.indices where waitsFor[unit] == 0 { ready.push(unit) }
    while let unit = ready.popLeast() {
      first.append(unit)
      for follower in followers[unit] {
        waitsFor[follower] -= 1
        if waitsFor[follower] == 0 { ready.push(follower) }
      }
    }
    let waiting = units.indices.filter { waitsFor[$0] > 0 }
    first += waiting
    circular = waiting.first { units[$0].count > 1 }
  }
}

extension Graph {
  /// By step, those that read what a variable holds before the step replaces it; `unitOf` is the step of each operator.
  func readersOfWhatChanges(_ unitOf: [Int], count: Int) -> [[Int]] {
    var readers = [[Int]](repeating: [], count: count)
    let (producers, consumers) = (producers, consumers)
    for variable in variables {
      for (old, new) in zip(variable.versions, variable.versions.dropFirst()) {
        guard let unit = producers[new].map({ unitOf[$0] }) else { continue }
        readers[unit] += consumers[old].map { unitOf[$0] }.filter { $0 != unit }
      }
    }
    return readers
  }
}
