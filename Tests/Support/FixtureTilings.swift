public import Planning

/// One group of each mode for every fixture.
public struct FixtureTilings: Sendable {
  /// Spatial tiles cut by height, each computed from scratch.
  public let height: FusedGroup
  /// A few rows at a time, the halo kept in rings.
  public let line: FusedGroup
  /// Channel slices.
  public let channels: FusedGroup

  /// All three.
  public var all: [FusedGroup] { [height, line, channels] }

  private init(
    height: ClosedRange<Int>, _ rows: [Int], line: ClosedRange<Int>, channels: [Int],
    _ slices: [Int]
  ) {
    self.height = FusedGroup(ops: Array(height), mode: .recompute, cuts: .init(height: rows))
    self.line = FusedGroup(ops: Array(line), mode: .line)
    self.channels = FusedGroup(
      ops: channels, mode: .channels, cuts: .init(channels: slices))
  }

  /// By name: through residual adds, concatenations, embeddings and pools.
  public static let byName: [String: FixtureTilings] = [
    "detector": FixtureTilings(
      height: 0...4, [0, 5, 12], line: 0...8, channels: [5, 6], [0, 10, 24]),
    "gesture_net": FixtureTilings(
      height: 0...2, [0, 3, 8], line: 0...3, channels: [0, 1, 2, 3], [0, 5, 8, 16]),
    "image_classifier": FixtureTilings(
      height: 0...3, [0, 9, 32], line: 0...12, channels: [9, 11, 12, 13, 14],
      [0, 7, 24]),
    "keyword_spotter": FixtureTilings(
      height: 0...4, [0, 9, 17, 25], line: 0...9, channels: [2, 3, 4], [0, 16, 40, 64]),
    "magic_wand": FixtureTilings(
      height: 0...1, [0, 14, 29, 42], line: 0...3, channels: [0, 1], [0, 3, 8]),
    "residual_block": FixtureTilings(
      height: 0...3, [0, 3, 8], line: 0...5, channels: [3, 4], [0, 3, 8]),
    "text_classifier": FixtureTilings(
      height: 0...1, [0, 20, 64], line: 0...2, channels: [3, 4], [0, 5, 16]),
  ]
}
