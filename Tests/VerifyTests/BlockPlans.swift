import Graph
import Tensor
import TestSupport

/// Plans of `residual_block`, one of each kind, written by hand.
///
/// Tensor 0 is the input; operators 0 to 5 make tensors 9 to 14.
enum BlockPlans {
  /// A box of rows `rows` of a tensor, the other axes whole.
  static func rows(_ rows: Range<Int>, of tensor: Int, _ graph: Graph) -> Region {
    var region = graph.whole(tensor)
    region[1] = rows
    return region
  }

  /// Operators 0 to 3 in two tiles of 4 rows each; buffers `a9` to `a11`, then `b9` to `b11`.
  static func recompute(_ graph: Graph) -> Plan {
    var plan = PlanComposer(graph)
    let input = plan.buffer("in", of: 0)
    let halved = plan.buffer("t12", of: 12)
    let tiles = [
      ("a", [0..<10, 0..<9, 0..<9, 0..<4]), ("b", [7..<16, 8..<16, 8..<16, 4..<8]),
    ]
    for (name, ranges) in tiles {
      let first = plan.buffer("\(name)9", of: 9, rows(ranges[0], of: 9, graph))
      let second = plan.buffer("\(name)10", of: 10, rows(ranges[1], of: 10, graph))
      let sum = plan.buffer("\(name)11", of: 11, rows(ranges[2], of: 11, graph))
      plan.step(0, [input], to: first)
      plan.step(1, [first], to: second)
      plan.step(2, [second, input], to: sum)
      plan.step(3, [sum], to: halved, rows(ranges[3], of: 12, graph))
    }
    appendTail(halved, &plan)
    return plan.plan
  }

  /// Operators 0 and 1 in two slices of 4 channels, summed by the second convolution.
  static func channels(_ graph: Graph) -> Plan {
    var plan = PlanComposer(graph)
    let input = plan.buffer("in", of: 0)
    let sums = plan.sums("sums", of: 10)
    for (index, channels) in [0..<4, 4..<8].enumerated() {
      var slice = graph.whole(9)
      slice[3] = channels
      let buffer = plan.buffer("slice\(index)", of: 9, slice)
      plan.step(0, [input], to: buffer)
      plan.sum(1, index == 0 ? .start : .add, [buffer], to: sums, reduce: slice)
    }
    let second = plan.buffer("t10", of: 10)
    plan.finish(1, sums, to: second)
    let sum = plan.buffer("t11", of: 11)
    plan.step(2, [second, input], to: sum)
    let halved = plan.buffer("t12", of: 12)
    plan.step(3, [sum], to: halved)
    appendTail(halved, &plan)
    return plan.plan
  }

  /// Operators 0 to 3 row by row; rings `r9` and `r11` of three rows, `r10` of one.
  static func line(_ graph: Graph) -> Plan {
    var plan = PlanComposer(graph)
    let input = plan.buffer("in", of: 0)
    let first = plan.buffer("r9", of: 9, rings: [1: 3])
    let second = plan.buffer("r10", of: 10, rings: [1: 1])
    let sum = plan.buffer("r11", of: 11, rings: [1: 3])
    let halved = plan.buffer("t12", of: 12)
    var (made9, made11) = (0, 0)
    for row in 0..<8 {
      for inner in made11..<min(2 * row + 3, 16) {
        for outer in made9..<min(inner + 2, 16) {
          plan.step(0, [input], to: first, rows(outer..<outer + 1, of: 9, graph))
        }
        made9 = min(inner + 2, 16)
        plan.step(1, [first], to: second, rows(inner..<inner + 1, of: 10, graph))
        plan.step(2, [second, input], to: sum, rows(inner..<inner + 1, of: 11, graph))
      }
      made11 = min(2 * row + 3, 16)
      plan.step(3, [sum], to: halved, rows(row..<row + 1, of: 12, graph))
    }
    appendTail(halved, &plan)
    return plan.plan
  }

  /// Operators 0 to 4 whole, then the pool as sums of boxes of its operand.
  static func pooled(_ graph: Graph, _ boxes: [Region]) -> Plan {
    var plan = PlanComposer(graph)
    var buffers = [9: 0]
    let input = plan.buffer("in", of: 0)
    for op in 0..<5 {
      let tensor = graph.nodes[op].outputs[0]
      buffers[tensor] = plan.buffer("t\(tensor)", of: tensor)
      let operands = op == 2 ? [10, 0] : op == 0 ? [0] : [tensor - 1]
      plan.step(
        op, operands.map { buffers[$0] ?? input }, to: buffers[tensor] ?? input)
    }
    let sums = plan.sums("sums", of: 14)
    for (index, box) in boxes.enumerated() {
      plan.sum(
        5, index == 0 ? .start : .add, [buffers[13] ?? input], to: sums, reduce: box)
    }
    plan.finish(5, sums, to: plan.buffer("t14", of: 14))
    return plan.plan
  }

  /// Operator 1 as sums of its lower and of its upper output channels, both there at one time.
  static func halvedSums(_ graph: Graph) -> Plan {
    var plan = PlanComposer(graph)
    let input = plan.buffer("in", of: 0)
    let first = plan.buffer("t9", of: 9)
    plan.step(0, [input], to: first)
    let halves = [0..<4, 4..<8].map { channels in
      var region = graph.whole(10)
      region[3] = channels
      return plan.sums("sums\(channels.lowerBound)", of: 10, region)
    }
    for sums in halves { plan.sum(1, .start, [first], to: sums, reduce: nil) }
    let second = plan.buffer("t10", of: 10)
    for sums in halves { plan.finish(1, sums, to: second) }
    let sum = plan.buffer("t11", of: 11)
    plan.step(2, [second, input], to: sum)
    let halved = plan.buffer("t12", of: 12)
    plan.step(3, [sum], to: halved)
    appendTail(halved, &plan)
    return plan.plan
  }

  /// Operators 4 and 5 whole.
  private static func appendTail(_ halved: Int, _ plan: inout PlanComposer) {
    let wide = plan.buffer("t13", of: 13)
    plan.step(4, [halved], to: wide)
    plan.step(5, [wide], to: plan.buffer("t14", of: 14))
  }
}
