import Graph
import Tensor
import TestSupport
import TiledExec
import Verify

extension FaultCase {
  /// Faults of spatial tiles; steps 0 to 3 make the first, 4 to 7 the second.
  static let tiles: [FaultCase] = [
    recompute("sound", []) { _ in },
    recompute("the halo's last row is not made", [missing(1, t9, 96, [0, 9, 0, 0])]) {
      $0.steps[0].outputs[0].region[1] = 0..<9
    },
    recompute("the halo's first row is not made", [missing(5, t9, 96, [0, 7, 0, 0])]) {
      $0.steps[4].outputs[0].region[1] = 8..<16
    },
    recompute(
      "the halo's last row has no room",
      [
        .readOutsideBuffer(
          step: 1, operand: 0, buffer: "a9", holds: rows(0..<9), reads: rows(0..<10)),
        missing(2, t10, 864, [0, 0, 0, 0]),
      ]
    ) {
      $0.steps[0].outputs[0].region[1] = 0..<9
      try $0.edit("a9") { $0.region[1] = 0..<9 }
    },
    recompute(
      "a row is written where there is no room",
      [
        .writeOutsideBuffer(step: 2, buffer: "a11", holds: rows(0..<8), writes: rows(0..<9)),
        .readOutsideBuffer(
          step: 3, operand: 0, buffer: "a11", holds: rows(0..<8), reads: rows(0..<9)),
        missing(8, t12, 192, [0, 0, 0, 0]),
      ]
    ) { try $0.edit("a11") { $0.region[1] = 0..<8 } },
    recompute("the second tile is missing", [missing(7, t12, 192, [0, 4, 0, 0])]) {
      $0.steps.remove(at: 7)
    },
    recompute("an inner tile is missing", [missing(5, t10, 768, [0, 8, 0, 0])]) {
      $0.steps.remove(at: 5)
    },
    recompute("a gap of one row between tiles", [missing(8, t12, 48, [0, 4, 0, 0])]) {
      $0.steps[7].outputs[0].region[1] = 5..<8
    },
    recompute("a tile made twice is no fault", []) { $0.steps.insert($0.steps[0], at: 0) },
    recompute("tiles in the other order", []) {
      $0.steps = Array($0.steps[4..<8] + $0.steps[0..<4] + $0.steps[8...])
    },
    recompute("two steps in the wrong order", [missing(1, t10, 864, [0, 0, 0, 0])]) {
      $0.steps.swapAt(1, 2)
    },
    recompute(
      "the first tile's row for the second's",
      [
        missing(
          7, t11, 96, [0, 8, 0, 0], .element(tensor: t10, coordinate: [0, 8, 0, 0], writtenBy: 5))
      ]
    ) {
      $0.steps[6].outputs[0].region[1] = 9..<16
      try $0.move("b11", onto: "b10")
    },
    recompute(
      "a buffer on a live one",
      [
        missing(
          8, t12, 192, [0, 0, 0, 0], .element(tensor: t9, coordinate: [0, 7, 0, 0], writtenBy: 4))
      ]
    ) { try $0.move("b9", onto: "t12") },
    recompute(
      "a buffer on the live input",
      [
        .notThere(
          step: 6, operand: 1, tensor: t0, count: 192, first: [0, 14, 0, 0],
          instead: .element(tensor: t10, coordinate: [0, 8, 0, 0], writtenBy: 5))
      ]
    ) {
      // 1344 is where row 14 of the input lies.
      try $0.edit("b10") { $0.offset = 1344 }
      try $0.edit("t12") { $0.offset = 8192 }
    },
    recompute("a buffer on a dead one", []) { try $0.move("b9", onto: "a9") },
    recompute(
      "a result one step up its operand",
      [.overwritesOperand(step: 1, tensor: t10, operandTensor: t9, count: 16, first: [0, 0, 0, 0])]
    ) { try $0.edit("a10") { $0.offset -= 16 } },
    recompute("misaligned", [.misaligned(buffer: "t14", offset: 7777, alignment: 16)]) {
      try $0.edit("t14") { $0.offset += 1 }
    },
    recompute(
      "another alignment",
      [
        .misaligned(buffer: "a9", offset: 1920, alignment: 512),
        .misaligned(buffer: "a10", offset: 2880, alignment: 512),
        .misaligned(buffer: "a11", offset: 3744, alignment: 512),
        .misaligned(buffer: "b10", offset: 5472, alignment: 512),
        .misaligned(buffer: "b11", offset: 6240, alignment: 512),
        .misaligned(buffer: "t13", offset: 7008, alignment: 512),
        .misaligned(buffer: "t14", offset: 7776, alignment: 512),
      ]
    ) { $0.alignment = 512 },
    recompute("no output", [.outputMissing(tensor: t14, count: 192, first: [0, 0, 0, 0])]) {
      $0.steps.removeLast()
    },
    recompute("a row of output", [.outputMissing(tensor: t14, count: 48, first: [0, 3, 0, 0])]) {
      $0.steps[9].outputs[0].region[1] = 0..<3
    },
    recompute(
      "an output overwritten", [.outputMissing(tensor: t14, count: 16, first: [0, 3, 2, 0])]
    ) {
      let pixel = Region([0..<1, 0..<1, 0..<1, 0..<16])
      let again = $0.add(
        PlanBuffer(
          name: "again", tensor: 13, element: .int8, region: pixel, offset: 7776 + 192 - 16))
      $0.steps.append($0.steps[8])
      $0.steps[10].outputs[0] = .init(buffer: again, region: pixel)
    },
    recompute(
      "an output in a ring", [.outputMissing(tensor: t14, count: 192, first: [0, 0, 0, 0])]
    ) { try $0.edit("t14") { $0.rings = [1: 4] } },
    recompute(
      "an input in a ring",
      [
        .ringInput(buffer: "in"), missing(0, t0, 11 * 96, [0, 0, 0, 0]),
        .notThere(
          step: 2, operand: 1, tensor: t0, count: 864, first: [0, 0, 0, 0], instead: .nothing),
        missing(4, t0, 10 * 96, [0, 6, 0, 0]),
        .notThere(
          step: 6, operand: 1, tensor: t0, count: 768, first: [0, 8, 0, 0], instead: .nothing),
      ]
    ) { try $0.edit("in") { $0.rings = [1: 16] } },
  ]
}

extension Plan {
  /// Moves a buffer to the address of another.
  mutating func move(_ name: String, onto other: String) throws {
    let offset = buffers[try index(of: other)].offset
    try edit(name) { $0.offset = offset }
  }
}
