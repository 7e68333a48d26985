import Graph
import Tensor
import TestSupport
import TiledExec
import Verify

extension FaultCase {
  /// Faults of channel slices: steps 0 and 2 make them, 1 starts the sums, 3 adds, 4 finishes.
  static let slices: [FaultCase] = [
    channels("sound", []) { _ in },
    channels("slices in the other order", []) {
      $0.steps[1].phase = .add
      $0.steps[3].phase = .start
      $0.steps = Array($0.steps[2..<4] + $0.steps[0..<2] + $0.steps[4...])
    },
    channels("the result in the place of its sums", []) { try $0.move("t10", onto: "sums") },
    channels(
      "the result too far up its sums",
      [
        .overwritesOperand(
          step: 4, tensor: t10, operandTensor: t10, count: 5, first: [0, 0, 0, 0])
      ]
    ) { try $0.edit("t10") { $0.offset = 1536 + 16 } },
    channels(
      "the result before its sums, on the live input",
      [
        .notThere(
          step: 5, operand: 1, tensor: t0, count: 16, first: [0, 15, 10, 0],
          instead: .element(tensor: t10, coordinate: [0, 0, 0, 0], writtenBy: 4))
      ]
    ) { try $0.edit("t10") { $0.offset = 1536 - 16 } },
    channels("a sum added twice", [added(5, 768, [0, 0, 0, 4])]) {
      $0.steps.insert($0.steps[3], at: 3)
    },
    channels("a sum started and added", [added(5, 768, [0, 0, 0, 0])]) {
      var again = $0.steps[1]
      again.phase = .add
      $0.steps.insert(again, at: 2)
    },
    channels("a sum lost", [lost(3, 768, [0, 0, 0, 4])]) { $0.steps.remove(at: 3) },
    channels("sums started twice", [lost(4, 768, [0, 0, 0, 0])]) { $0.steps[3].phase = .start },
    channels("a channel short", [lost(4, 192, [0, 0, 0, 7])]) { $0.steps[3].reduce?[3] = 4..<7 },
    channels("a row short", [lost(4, 48, [0, 15, 0, 0])]) { $0.steps[1].reduce?[1] = 0..<15 },
    channels(
      "sums never started",
      [
        .sumsNotThere(
          step: 1, tensor: t10, count: 1536, first: [0, 0, 0, 0], instead: .nothing)
      ]
    ) { $0.steps[1].phase = .add },
    channels(
      "finished before the last slice",
      [
        lost(3, 768, [0, 0, 0, 4]),
        .sumsNotThere(
          step: 4, tensor: t10, count: 1536, first: [0, 0, 0, 0], instead: .nothing),
      ]
    ) { $0.steps.swapAt(3, 4) },
    channels(
      "finished twice: the bias twice",
      [
        .sumsNotThere(
          step: 5, tensor: t10, count: 1536, first: [0, 0, 0, 0], instead: .nothing)
      ]
    ) { $0.steps.insert($0.steps[4], at: 4) },
    channels(
      "finished a part alone",
      [missing(5, t10, 96, [0, 15, 0, 0])]
    ) {
      $0.steps[4].sums?.region[1] = 0..<15
      $0.steps[4].outputs[0].region[1] = 0..<15
    },
    channels(
      "sums of a part alone",
      [
        .sumsNotThere(
          step: 3, tensor: t10, count: 96, first: [0, 15, 0, 0], instead: .nothing),
        lost(4, 96, [0, 14, 0, 0]),
      ]
    ) { $0.steps[1].sums?.region[1] = 0..<15 },
    channels("sums never finished", [missing(4, t10, 1536, [0, 0, 0, 0])]) {
      $0.steps.remove(at: 4)
    },
    channels(
      "sums read as elements",
      [
        missing(
          4, t10, 1536, [0, 0, 0, 0],
          .sum(tensor: t10, coordinate: [0, 0, 0, 0], writtenBy: 3))
      ]
    ) {
      $0.steps.remove(at: 4)
      try $0.move("t10", onto: "sums")
    },
    channels(
      "a slice on live sums",
      [
        .sumsNotThere(
          step: 3, tensor: t10, count: 192, first: [0, 0, 0, 0],
          instead: .element(tensor: t9, coordinate: [0, 0, 0, 4], writtenBy: 2)),
        .overwritesOperand(
          step: 3, tensor: t10, operandTensor: t9, count: 192, first: [0, 0, 0, 0]),
      ]
    ) { try $0.move("slice1", onto: "sums") },
    channels(
      "sums on their operand",
      [
        .overwritesOperand(
          step: 1, tensor: t10, operandTensor: t9, count: 192, first: [0, 0, 0, 0])
      ]
    ) { try $0.move("slice0", onto: "sums") },
    channels(
      "the first slice for the second",
      [
        .readOutsideBuffer(
          step: 3, operand: 0, buffer: "slice0", holds: Region([0..<1, 0..<16, 0..<12, 0..<4]),
          reads: Region([0..<1, 0..<16, 0..<12, 4..<8])),
        lost(4, 768, [0, 0, 0, 4]),
      ]
    ) { $0.steps[3].inputs[0] = try $0.index(of: "slice0") },
    channels("a slice not made", [missing(2, t9, 768, [0, 0, 0, 4])]) { $0.steps.remove(at: 2) },
  ]

  private static func added(_ step: Int, _ count: Int, _ first: [Int]) -> Finding {
    .addedTwice(step: step, tensor: t10, operandTensor: t9, count: count, first: first)
  }

  private static func lost(_ step: Int, _ count: Int, _ first: [Int]) -> Finding {
    .notAdded(step: step, tensor: t10, operandTensor: t9, count: count, first: first)
  }
}
