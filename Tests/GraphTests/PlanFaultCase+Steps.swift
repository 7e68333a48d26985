import Graph
import Tensor
import TestSupport

extension PlanFaultCase {
  /// Faults of steps.
  static let steps: [PlanFaultCase] = [
    PlanFaultCase("operator -1", [.noSuchOperator(step: 2, op: -1)]) { $0.steps[2].op = -1 },
    PlanFaultCase("operator 6 of 6", [.noSuchOperator(step: 2, op: 6)]) { $0.steps[2].op = 6 },
    PlanFaultCase("an operand short", [.badOperandCount(step: 0, expected: 3, found: 2)]) {
      $0.steps[0].inputs.removeLast()
    },
    PlanFaultCase("an operand over", [.badOperandCount(step: 5, expected: 1, found: 2)]) {
      $0.steps[5].inputs.append(nil)
    },
    PlanFaultCase("reads buffer 7 of 7", [.noSuchBuffer(step: 1, index: 7)]) {
      $0.steps[1].inputs[0] = 7
    },
    PlanFaultCase("writes buffer -1", [.noSuchBuffer(step: 1, index: -1)]) {
      $0.steps[1].outputs[0].buffer = -1
    },
    PlanFaultCase("sums in buffer 9", [.noSuchBuffer(step: 1, index: 9)]) {
      $0.steps[1].sums = .init(buffer: 9, region: map)
    },
    PlanFaultCase("an ADD in parts", [.badPhase(step: 2, phase: .start, operatorName: "ADD")]) {
      $0.steps[2].phase = .start
    },
    PlanFaultCase(
      "no operand", [.badOperand(step: 1, operand: 0, expected: "a buffer", found: "null")]
    ) { $0.steps[1].inputs[0] = nil },
    PlanFaultCase(
      "a buffer for a constant",
      [.badOperand(step: 1, operand: 2, expected: "null", found: "t0")]
    ) { $0.steps[1].inputs[2] = 0 },
    PlanFaultCase(
      "operands swapped",
      [
        .badOperand(
          step: 2, operand: 0, expected: "a buffer of tensor 10", found: "t0 of tensor 0"),
        .badOperand(
          step: 2, operand: 1, expected: "a buffer of tensor 0", found: "t10 of tensor 10"),
      ]
    ) { $0.steps[2].inputs.swapAt(0, 1) },
    PlanFaultCase(
      "sums read as elements",
      [.badOperand(step: 1, operand: 0, expected: "elements", found: "sums in sums")]
    ) {
      $0.steps[1].inputs[0] = $0.add(
        PlanBuffer(name: "sums", tensor: 9, element: .int32, region: map))
    },
    PlanFaultCase("no result", [.badOutput(step: 3, expected: "a destination", found: "0")]) {
      $0.steps[3].outputs = []
    },
    PlanFaultCase(
      "another tensor's buffer",
      [
        .badOutput(
          step: 0, expected: "a result of the operator", found: "t10 of tensor 10, int8")
      ]
    ) { $0.steps[0].outputs[0].buffer = 2 },
    PlanFaultCase(
      "a tile outside",
      [.badTile(step: 0, tensor: map, found: Region([0..<1, 0..<16, 0..<13, 0..<8]))]
    ) { $0.steps[0].outputs[0].region[2] = 0..<13 },
    PlanFaultCase(
      "a tile of nothing",
      [.badTile(step: 0, tensor: map, found: Region([0..<1, 0..<16, 5..<5, 0..<8]))]
    ) { $0.steps[0].outputs[0].region[2] = 5..<5 },
    PlanFaultCase("a tile without axes", [.badTile(step: 0, tensor: map, found: Region([]))]) {
      $0.steps[0].outputs[0].region = Region([])
    },
    PlanFaultCase(
      "two tiles at once",
      [.unequalTiles(step: 5, tensor: "StatefulPartitionedCall_1:0")]
    ) {
      $0.steps[5].outputs.append($0.steps[5].outputs[0])
      $0.steps[5].outputs[1].region[1] = 0..<3
    },
    PlanFaultCase("one tile twice", []) {
      $0.steps[5].outputs.append($0.steps[5].outputs[0])
    },
    PlanFaultCase(
      "a part of a whole",
      [.badReduce(step: 0, expected: "none in phase whole", found: "\(map)")]
    ) { $0.steps[0].reduce = map },
    PlanFaultCase(
      "one step, three faults",
      [
        .badOperand(step: 4, operand: 0, expected: "a buffer", found: "null"),
        .badOutput(step: 4, expected: "no sums", found: "sums"),
        .badOutput(step: 4, expected: "sums of the operator", found: "t13 of tensor 13, int8"),
        .badReduce(step: 4, expected: "none in phase whole", found: "[0..<1]"),
      ]
    ) {
      $0.steps[4].inputs[0] = nil
      $0.steps[4].sums = $0.steps[4].outputs[0]
      $0.steps[4].reduce = Region([0..<1])
    },
  ]
}
