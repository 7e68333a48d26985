import Planning
import Tensor

/// Problems for the tests of the order search.
enum OrderFixture {
  /// A problem in which each step makes one value, from the values of the steps it names.
  ///
  /// Values that nobody reads are kept.
  static func network(_ steps: [(size: Int, reads: [Int])]) throws -> OrderProblem {
    let read = Set(steps.flatMap(\.reads))
    return try OrderProblem(
      values: steps.indices.map {
        OrderProblem.Value(
          sizeInBytes: steps[$0].size, producer: $0, isKept: !read.contains($0))
      },
      steps: steps.map { OrderProblem.Step(inputs: $0.reads) })
  }

  /// A source, chains that each start from it, and a step that joins their ends.
  static func diamond(source: Int, chains: [[Int]], join: Int) throws -> OrderProblem {
    var steps: [(size: Int, reads: [Int])] = [(source, [])]
    var ends: [Int] = []
    for chain in chains {
      var last = 0
      for size in chain {
        steps.append((size, [last]))
        last = steps.count - 1
      }
      ends.append(last)
    }
    return try network(steps + [(join, ends)])
  }

  /// An order that takes the lowest step that is ready.
  static func firstOrder(_ problem: OrderProblem) -> [Int] {
    var order: [Int] = []
    var isDone = [Bool](repeating: false, count: problem.steps.count)
    while let next = problem.steps.indices.first(where: { step in
      !isDone[step] && needed(by: step, problem).allSatisfy { isDone[$0] }
    }) {
      isDone[next] = true
      order.append(next)
    }
    return order
  }

  /// An order drawn by chance.
  static func randomOrder(
    _ problem: OrderProblem, using generator: inout SplitMix64
  ) -> [Int] {
    var order: [Int] = []
    while order.count < problem.steps.count {
      let ready = problem.steps.indices.filter { step in
        !order.contains(step) && needed(by: step, problem).allSatisfy { order.contains($0) }
      }
      order.append(ready[Int.random(in: 0..<ready.count, using: &generator)])
    }
    return order
  }

  private static func needed(by step: Int, _ problem: OrderProblem) -> [Int] {
    problem.steps[step].inputs.compactMap { problem.values[$0].producer }
      + problem.steps[step].after
  }

  /// A problem of `count` steps with all that a problem may have.
  static func random(
    steps count: Int, overlays: Bool = true, using generator: inout SplitMix64
  ) throws -> OrderProblem {
    let number = (0..<count).shuffled(using: &generator)
    let density = Int.random(in: 1...4, using: &generator)
    var values: [OrderProblem.Value] = []
    var steps = [OrderProblem.Step](repeating: OrderProblem.Step(inputs: []), count: count)
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      values.append(value(madeBy: nil, using: &generator))
    }
    for place in 0..<count {
      let step = number[place]
      for index in values.indices where Int.random(in: 0..<10, using: &generator) < density {
        steps[step].inputs.append(index)
      }
      if Int.random(in: 0..<4, using: &generator) == 0 {
        steps[step].scratchInBytes = Int.random(in: 0...12, using: &generator)
      }
      if place > 0, Int.random(in: 0..<8, using: &generator) == 0 {
        steps[step].after.append(number[Int.random(in: 0..<place, using: &generator)])
      }
      let operands = steps[step].inputs
      for _ in 0..<[0, 1, 1, 1, 1, 2, 3][Int.random(in: 0..<7, using: &generator)] {
        values.append(value(madeBy: step, using: &generator))
        for operand in operands where overlays && Bool.random(using: &generator) {
          steps[step].overlays.append(
            OrderProblem.Overlay(
              result: values.count - 1, operand: operand,
              distance: max(0, Int.random(in: -4...6, using: &generator))))
        }
      }
    }
    return try OrderProblem(values: values, steps: steps)
  }

  private static func value(
    madeBy step: Int?, using generator: inout SplitMix64
  ) -> OrderProblem.Value {
    OrderProblem.Value(
      sizeInBytes: Int.random(in: 0...20, using: &generator), producer: step,
      isKept: Int.random(in: 0..<8, using: &generator) == 0)
  }
}
