import Planning

extension LoweringCase {
  private static let spotter = "keyword_spotter"
  private static let block = "residual_block"

  static let recomputeCases: [LoweringCase] = [
    LoweringCase(spotter, .halo, recompute(0...8, height: [0, 9, 18, 25])),
    LoweringCase(spotter, .halo, recompute(0...8, height: [0, 1, 25])),
    LoweringCase(spotter, .halo, recompute(0...4, width: [0, 2, 5])),
    LoweringCase(spotter, .halo, recompute(0...2, height: [0, 13, 25], width: [0, 1, 4, 5])),
    LoweringCase(spotter, .halo, recompute(3...6, height: [0, 5, 10, 15, 20, 25])),
    LoweringCase(spotter, .halo, recompute(2...2, height: Array(0...25), width: Array(0...5))),
    LoweringCase(
      spotter, .halo, recompute(0...1, height: [0, 12, 25]),
      recompute(3...5, width: [0, 3, 5]), recompute(7...8, height: [0, 24, 25])),
    LoweringCase(spotter, .halo, recompute(5...9)),
    LoweringCase(spotter, .halo, recompute(9...12)),
    LoweringCase(block, .halo, recompute(0...3, height: [0, 4, 8])),
    LoweringCase(block, .halo, recompute(0...5, height: [0, 1, 2, 3, 4])),
    LoweringCase(block, .halo, recompute(0...5, height: [0, 1, 4], width: [0, 2, 3])),
    LoweringCase(block, .halo, recompute(0...5, width: [0, 1, 2, 3])),
    LoweringCase(block, .halo, recompute(1...2, height: [0, 15, 16], width: [0, 5, 12])),
    LoweringCase(block, .halo, recompute(3...3, height: Array(0...8), width: Array(0...6))),
    LoweringCase(block, .halo, recompute(2...5, height: [0, 3, 4])),
    LoweringCase(block, .halo, recompute(0...0, height: [0, 16])),
  ]

  static let lineCases: [LoweringCase] = [
    LoweringCase(spotter, .untiled, line(0...8)),
    LoweringCase(spotter, .untiled, line(0...8, width: [0, 5])),
    LoweringCase(spotter, .untiled, line(0...8, step: 4, width: [0, 2, 5])),
    LoweringCase(spotter, .untiled, line(0...8, step: 25)),
    LoweringCase(spotter, .untiled, line(0...8, step: 1000)),
    LoweringCase(spotter, .untiled, line(0...9)),
    LoweringCase(spotter, .untiled, line(0...9, step: 3)),
    LoweringCase(spotter, .untiled, line(0...9, width: [0, 1, 2, 3, 4, 5])),
    LoweringCase(spotter, .untiled, line(0...9, step: 2, width: [0, 4, 5])),
    LoweringCase(spotter, .untiled, line(8...9, step: 7)),
    LoweringCase(spotter, .untiled, line(9...9)),
    LoweringCase(spotter, .untiled, line(1...2)),
    LoweringCase(spotter, .untiled, line(0...3), line(4...9)),
    LoweringCase(spotter, .untiled, columns(0...8)),
    LoweringCase(spotter, .untiled, columns(0...8, step: 2, height: [0, 7, 25])),
    LoweringCase(spotter, .untiled, columns(0...9)),
    LoweringCase(spotter, .untiled, columns(6...9, step: 5, height: [0, 12, 13, 25])),
    LoweringCase(block, .untiled, line(0...5)),
    LoweringCase(block, .untiled, line(0...5, step: 3)),
    LoweringCase(block, .untiled, line(0...5, width: [0, 1, 3])),
    LoweringCase(block, .untiled, line(0...3, step: 2, width: [0, 1, 2, 3, 4, 5, 6])),
    LoweringCase(block, .untiled, line(1...4, step: 5)),
    LoweringCase(block, .untiled, line(2...5)),
    LoweringCase(block, .untiled, columns(0...5)),
    LoweringCase(block, .untiled, columns(0...5, step: 2, height: [0, 3, 4])),
    LoweringCase(block, .untiled, columns(0...4, height: [0, 1, 8])),
    LoweringCase(block, .untiled, line(0...1), columns(2...3)),
  ]

  static let channelCases: [LoweringCase] = [
    LoweringCase(spotter, .untiled, channels(0...2, slices(2))),
    LoweringCase(spotter, .untiled, channels(0...2, slices(4))),
    LoweringCase(spotter, .untiled, channels(0...2, [0, 5, 64])),
    LoweringCase(spotter, .untiled, channels(2...4, slices(64))),
    LoweringCase(spotter, .untiled, channels(2...4, nil)),
    LoweringCase(spotter, .untiled, channels(2...3, slices(3))),
    LoweringCase(spotter, .untiled, channels(0...0, slices(5))),
    LoweringCase(spotter, .untiled, channels(1...1, slices(16))),
    LoweringCase(spotter, .untiled, channels(7...7, slices(2)), channels(8...11, slices(4))),
    LoweringCase(spotter, .untiled, channels(8...10, [0, 1, 63, 64])),
    LoweringCase(spotter, .untiled, channels(9...9, slices(8))),
    LoweringCase(spotter, .untiled, channels(9...11, slices(8))),
    LoweringCase(spotter, .untiled, channels(10...11, [0, 64])),
    LoweringCase(spotter, .untiled, channels(11...11, [0, 5, 12])),
    LoweringCase(block, .untiled, channels(0...1, [0, 4, 8])),
    LoweringCase(block, .untiled, channels(0...1, Array(0...8))),
    LoweringCase(block, .untiled, channels(1...4, [0, 3, 8])),
    LoweringCase(block, .untiled, channels(1...3, [0, 1, 8])),
    LoweringCase(block, .untiled, channels(2...4, [0, 2, 4, 6, 8])),
    LoweringCase(block, .untiled, channels(4...5, [0, 7, 16])),
    LoweringCase(block, .untiled, channels(0...1, [0, 4, 8]), channels(2...4, [0, 4, 8])),
  ]

  static let nestedCases: [LoweringCase] = [
    LoweringCase(
      spotter, .halo,
      recompute(0...4, height: [0, 12, 25], inner: channels(0...2, slices(4)))),
    LoweringCase(
      spotter, .halo,
      recompute(1...6, height: [0, 9, 25], width: [0, 3, 5], inner: channels(2...4, slices(2)))),
    LoweringCase(
      spotter, .halo, recompute(2...4, height: [0, 1, 25], inner: channels(2...4, slices(8)))),
    LoweringCase(
      spotter, .halo, recompute(2...5, width: [0, 1, 5], inner: channels(4...5, slices(3)))),
    LoweringCase(
      block, .halo, recompute(0...3, height: [0, 3, 8], inner: channels(0...1, [0, 2, 8]))),
    LoweringCase(
      block, .halo, recompute(0...5, height: [0, 2, 4], inner: channels(1...4, [0, 4, 8]))),
    LoweringCase(
      block, .halo, recompute(0...5, height: [0, 4], inner: channels(2...4, [0, 1, 8]))),
    LoweringCase(
      block, .halo, recompute(1...4, width: [0, 2, 6], inner: channels(4...4, [0, 9, 16]))),
  ]
}
