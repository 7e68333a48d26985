/// An own count of what spatial tiles compute, from the shapes of the fixtures' networks and the
/// definition of SAME padding alone.
struct HaloCount {
  /// One operator of a chain; windows and extents are pairs of height and width.
  struct Layer {
    let input: [Int]
    let output: [Int]
    let window: [Int]
    let stride: [Int]
    let isPadded: Bool
    /// Multiply-accumulates per output pixel.
    let macs: Int

    /// The input coordinates that an output range reads on an axis.
    func need(_ range: Range<Int>, _ axis: Int) -> Range<Int> {
      let (size, stride, extent) = (window[axis], stride[axis], input[axis])
      let padding =
        isPadded ? max((output[axis] - 1) * stride + size - extent, 0) / 2 : 0
      let low = max(range.lowerBound * stride - padding, 0)
      return low..<min((range.upperBound - 1) * stride - padding + size, extent)
    }
  }

  /// The fixtures whose layers are stated here.
  static let models = ["keyword_spotter", "residual_block"]

  let layers: [Layer]

  /// The layers of a fixture, as its maker's script describes them.
  init(_ model: String) {
    func layer(
      _ input: [Int], _ output: [Int], _ window: [Int] = [1, 1], _ stride: [Int] = [1, 1],
      isPadded: Bool = true, macs: Int
    ) -> Layer {
      Layer(
        input: input, output: output, window: window, stride: stride, isPadded: isPadded,
        macs: macs)
    }
    if model == "keyword_spotter" {
      let map = [25, 5]
      let pair = [
        layer(map, map, [3, 3], macs: 9 * 64), layer(map, map, macs: 64 * 64),
      ]
      layers =
        [layer([49, 10], map, [10, 4], [2, 2], macs: 40 * 64)] + pair + pair + pair + pair
        + [
          layer(map, [1, 1], map, map, isPadded: false, macs: 0),
          layer([1, 1], [1, 1], macs: 0), layer([1, 1], [1, 1], macs: 64 * 12),
          layer([1, 1], [1, 1], macs: 0),
        ]
    } else {
      let (map, half) = ([16, 12], [8, 6])
      layers = [
        layer(map, map, [3, 3], macs: 9 * 8 * 8), layer(map, map, [3, 3], macs: 9 * 8 * 8),
        layer(map, map, macs: 0), layer(map, half, [3, 3], [2, 2], macs: 9 * 8),
        layer(half, half, macs: 8 * 16),
        layer(half, [4, 3], [2, 2], [2, 2], isPadded: false, macs: 0),
      ]
    }
  }

  /// Multiply-accumulates of an operator that runs whole.
  func whole(_ op: Int) -> Int { layers[op].output.reduce(layers[op].macs, *) }

  /// Multiply-accumulates of a chain of operators whose last result is cut into tiles.
  func tiled(_ ops: [Int], height: [Int]?, width: [Int]?) -> Int {
    guard let last = ops.last else { return 0 }
    let output = layers[last].output
    let cuts = [height ?? [0, output[0]], width ?? [0, output[1]]]
    var count = 0
    for y in zip(cuts[0], cuts[0].dropFirst()) {
      for x in zip(cuts[1], cuts[1].dropFirst()) {
        var tile = [y.0..<y.1, x.0..<x.1]
        for op in ops.reversed() {
          count += tile[0].count * tile[1].count * layers[op].macs
          tile = [layers[op].need(tile[0], 0), layers[op].need(tile[1], 1)]
        }
      }
    }
    return count
  }
}
