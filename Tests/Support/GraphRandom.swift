public import Graph
public import Tensor

/// Draws small networks of convolutions, pools and sums: strides above the window, dilation, both
/// paddings, depth multipliers, several batches, branches.
public enum GraphRandom {
  /// A network of two to eight operators, all of whose unused results are outputs.
  public static func graph(using generator: inout SplitMix64) throws -> Graph {
    var builder = GraphBuilder(seed: generator.next())
    let extents = [
      Int.random(in: 1...2, using: &generator), Int.random(in: 3...12, using: &generator),
      Int.random(in: 3...9, using: &generator), Int.random(in: 1...6, using: &generator),
    ]
    var maps: [(tensor: Int, extents: [Int])] = [(try builder.input(extents), extents)]
    for _ in 0..<Int.random(in: 2...6, using: &generator) {
      // Mostly a chain, so that groups hold several operators.
      let place =
        Int.random(in: 0..<4, using: &generator) > 0
        ? maps.count - 1 : Int.random(in: maps.indices, using: &generator)
      let source = maps[place]
      maps.append(try append(source, maps, &builder, &generator))
    }
    let last = maps[maps.count - 1]
    var results = maps.map(\.tensor).filter { !builder.isRead($0) && $0 != last.tensor }
    results.append(last.tensor)
    guard Int.random(in: 0..<4, using: &generator) == 0, last.extents[0] == 1 else {
      return try builder.graph(outputs: results)
    }
    let flat = try builder.reshape(last.tensor, to: [1, last.extents.reduce(1, *)])
    results[results.count - 1] = try builder.fullyConnected(flat, channels: 5)
    return try builder.graph(outputs: results)
  }

  private static func append(
    _ source: (tensor: Int, extents: [Int]), _ maps: [(tensor: Int, extents: [Int])],
    _ builder: inout GraphBuilder, _ generator: inout SplitMix64
  ) throws -> (tensor: Int, extents: [Int]) {
    func pair(_ range: ClosedRange<Int>) -> [Int] {
      (0..<2).map { _ in Int.random(in: range, using: &generator) }
    }
    let spatial = Array(source.extents[1...2])
    let isSame = Bool.random(using: &generator)
    let (wanted, dilation) = (pair(1...3), pair(1...2))
    let stride = Int.random(in: 0..<3, using: &generator) == 0 ? pair(1...4) : [1, 1]
    // Without padding the window must fit.
    let window = (0..<2).map { axis in
      isSame ? wanted[axis] : min(wanted[axis], (spatial[axis] - 1) / dilation[axis] + 1)
    }
    func extents(_ dilation: [Int], _ channels: Int) -> [Int] {
      let made = (0..<2).map { axis -> Int in
        if isSame { return (spatial[axis] + stride[axis] - 1) / stride[axis] }
        return (spatial[axis] - (window[axis] - 1) * dilation[axis] - 1) / stride[axis] + 1
      }
      return [source.extents[0]] + made + [channels]
    }
    switch Int.random(in: 0..<10, using: &generator) {
    case 0..<4:
      let channels = Int.random(in: 1...6, using: &generator)
      let tensor = try builder.convolution(
        source.tensor, channels: channels, window: window, stride: stride, dilation: dilation,
        isSame: isSame)
      return (tensor, extents(dilation, channels))
    case 4..<6:
      let multiplier = Int.random(in: 1...2, using: &generator)
      let tensor = try builder.depthwise(
        source.tensor, multiplier: multiplier, window: window, stride: stride,
        dilation: dilation, isSame: isSame)
      return (tensor, extents(dilation, source.extents[3] * multiplier))
    case 6..<8:
      let tensor = try builder.pool(
        source.tensor, window: window, stride: stride, isSame: isSame)
      return (tensor, extents([1, 1], source.extents[3]))
    default:
      let partners = maps.filter { $0.extents == source.extents }
      let other = partners[Int.random(in: partners.indices, using: &generator)]
      return (try builder.add(source.tensor, other.tensor), source.extents)
    }
  }
}
