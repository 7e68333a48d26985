/// What TensorFlow Lite Micro's reference kernel of an operator keeps in its arena.
///
/// Sizes of structures are those of the source of 2026 (commit 90b983c), compiled for a Cortex-M3 and for x86-64
/// with `TF_LITE_STATIC_MEMORY` and without compression.
public struct MicroMemory: Hashable, Sendable {
  /// The bytes of each scratch buffer that it requests when it is prepared (`RequestScratchBufferInArena`), in
  /// order; they are in use while it runs.
  public var scratch: [Int]
  /// The bytes of its parsed attributes (`TfLite…Params`).
  public var attributes: Int
  /// The bytes of its data (`OpData…`) where pointers take 4 bytes.
  public var data: Int
  /// The bytes of its data where pointers take 8.
  public var wideData: Int
  /// The bytes of arrays that it keeps beside its data.
  public var arrays: [Int]

  /// States what a kernel keeps; data that holds no pointers has one size.
  public init(
    attributes: Int = 0, data: Int = 0, wideData: Int? = nil, arrays: [Int] = [],
    scratch: [Int] = []
  ) {
    self.attributes = attributes
    self.data = data
    self.wideData = wideData ?? data
    self.arrays = arrays
    self.scratch = scratch
  }

  /// A multiplier and a shift for each of `channels` output channels.
  static func channelArrays(_ channels: Int) -> [Int] { [4 * channels, 4 * channels] }
}
