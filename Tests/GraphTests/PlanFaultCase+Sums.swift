import Graph
import Tensor

extension PlanFaultCase {
  private static let pooled = Region([0..<1, 0..<8, 0..<6, 0..<16])

  /// Faults of steps that start, add to and finish sums.
  static let sums: [PlanFaultCase] = [
    summing("sound start", .start, []) { _ in },
    summing("sound add of a part", .add, []) {
      $0.reduce = Region([0..<1, 2..<4, 1..<2, 0..<16])
    },
    summing("sound finish", .finish, []) { _ in },
    summing(
      "start with a result", .start,
      [
        .badOutput(step: 5, expected: "none in phase start", found: "1")
      ]
    ) { $0.outputs = [.init(buffer: 6, region: output)] },
    summing("add without sums", .add, [.badOutput(step: 5, expected: "sums", found: "none")]) {
      $0.sums = nil
    },
    summing(
      "finish without a result", .finish,
      [
        .badOutput(step: 5, expected: "a destination", found: "0")
      ]
    ) { $0.outputs = [] },
    summing(
      "finish that reads", .finish,
      [
        .badOperand(step: 5, operand: 0, expected: "null", found: "t13")
      ]
    ) { $0.inputs = [5] },
    summing(
      "elements for sums", .start,
      [
        .badOutput(step: 5, expected: "sums of the operator", found: "t14 of tensor 14, int8")
      ]
    ) { $0.sums?.buffer = 6 },
    summing(
      "sums for elements", .finish,
      [
        .badOutput(
          step: 5, expected: "a result of the operator", found: "sums of tensor 14, int32")
      ]
    ) { $0.outputs = [.init(buffer: 7, region: output)] },
    summing(
      "finish of another tile", .finish,
      [
        .unequalTiles(step: 5, tensor: "StatefulPartitionedCall_1:0")
      ]
    ) { $0.sums?.region[1] = 0..<2 },
    summing(
      "finish of a part", .finish,
      [
        .badReduce(step: 5, expected: "none in phase finish", found: "\(pooled)")
      ]
    ) { $0.reduce = pooled },
    summing(
      "a part outside", .add,
      [
        .badReduce(
          step: 5, expected: "a box inside \(pooled)", found: "[0..<1, 0..<9, 0..<6, 0..<16]")
      ]
    ) { $0.reduce = Region([0..<1, 0..<9, 0..<6, 0..<16]) },
    summing(
      "a part of nothing", .start,
      [
        .badReduce(
          step: 5, expected: "a box inside \(pooled)", found: "[0..<1, 3..<3, 0..<6, 0..<16]")
      ]
    ) { $0.reduce = Region([0..<1, 3..<3, 0..<6, 0..<16]) },
    summing(
      "a part of too few axes", .start,
      [
        .badReduce(step: 5, expected: "a box inside \(pooled)", found: "[0..<1, 0..<8]")
      ]
    ) { $0.reduce = Region([0..<1, 0..<8]) },
  ]
}
