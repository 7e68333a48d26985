import Graph
import Tensor
import TestSupport
import TiledExec
import Verify

extension FaultCase {
  /// Faults of line buffers.
  static let lines: [FaultCase] = [
    line("sound", []) { _ in },
    line("rings longer than they need to be", []) {
      try $0.edit("r10") { $0.offset = 1 << 16 }
      try $0.edit("r10") { $0.rings = [1: 5] }
    },
    line(
      "the first ring a row short",
      (1..<15).map { row in
        missing(
          second(row), t9, 96, [0, row - 1, 0, 0],
          .element(tensor: t9, coordinate: [0, row + 1, 0, 0], writtenBy: first(row + 1)))
      }
    ) { try $0.edit("r9") { $0.rings = [1: 2] } },
    line(
      "the last ring a row short",
      (0..<7).map { row in
        missing(
          last(row), t11, 96, [0, 2 * row, 0, 0],
          .element(
            tensor: t11, coordinate: [0, 2 * row + 2, 0, 0], writtenBy: second(2 * row + 2) + 1))
      }
    ) { try $0.edit("r11") { $0.rings = [1: 2] } },
    line(
      "two rows in a ring of one",
      [
        .ringTooShort(step: 2, buffer: "r10", axis: 1, capacity: 1, writes: 0..<2),
        missing(3, t10, 96, [0, 0, 0, 0]),
      ]
    ) { $0.steps[2].outputs[0].region[1] = 0..<2 },
    line(
      "a row not made: the stale one is read",
      [14, 18, 21].map { step in
        missing(
          step, t9, 96, [0, 5, 0, 0],
          .element(tensor: t9, coordinate: [0, 2, 0, 0], writtenBy: 4))
      }
    ) { $0.steps.remove(at: first(5)) },
    line(
      "a row made too early: the one it replaces is still read",
      [
        missing(
          13, t9, 96, [0, 2, 0, 0],
          .element(tensor: t9, coordinate: [0, 5, 0, 0], writtenBy: 12))
      ]
    ) { $0.steps.insert($0.steps.remove(at: first(5)), at: second(3)) },
    line(
      "two steps in the wrong order",
      [
        missing(
          second(4), t10, 96, [0, 4, 0, 0],
          .element(tensor: t10, coordinate: [0, 3, 0, 0], writtenBy: second(3)))
      ]
    ) { $0.steps.swapAt(second(4), second(4) + 1) },
    line(
      "half a row not made",
      [missing(second(0), t9, 48, [0, 1, 6, 0])]
        + [
          missing(second(1), t9, 48, [0, 1, 6, 0]), missing(second(2), t9, 48, [0, 1, 6, 0]),
        ]
    ) { $0.steps[1].outputs[0].region[2] = 0..<6 },
  ]

  /// The step that makes row `row` of tensor 9.
  private static func first(_ row: Int) -> Int {
    row < 2 ? row : second(row - 1) - 1
  }

  /// The step that makes row `row` of tensor 10; the next one makes that of tensor 11.
  private static func second(_ row: Int) -> Int {
    switch row {
    case 0..<3: 3 * row + 2
    case 15: 53
    default: 12 + 7 * ((row - 3) / 2) + 3 * ((row - 3) % 2)
    }
  }

  /// The step that makes row `row` of tensor 12.
  private static func last(_ row: Int) -> Int { row == 7 ? 55 : 10 + 7 * row }
}
