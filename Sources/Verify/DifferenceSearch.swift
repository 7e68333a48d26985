internal import Graph
internal import Ops
internal import TiledExec
internal import Tensor

/// Looks for the first tile of a plan that is not what the network computes.
///
/// The plan makes tiles in its own order, and the values of a network need not fit in memory side by
/// side: so tiles are compared by their hashes first, and element by element where these differ.
struct DifferenceSearch {
  /// What one step writes to one buffer.
  private struct Tile {
    let step: Int
    let destination: PlanStep.Destination
    let hash: Int
  }

  /// The plan.
  let executor: Executor
  /// The network.
  let reference: NetworkExecutor
  /// The input.
  let sample: Sample
  /// What the plan's memory holds before.
  let poison: UInt8

  private var plan: Plan { executor.binding.plan }

  /// The first difference; `nil` if every tile is right.
  func first() throws(ExecutionError) -> Difference? {
    let tiles = try tiles()
    let byTensor = Dictionary(grouping: tiles.indices) {
      plan.buffers[tiles[$0].destination.buffer].tensor
    }
    var first: (tile: Int, expected: Bytes)?
    var network = try NetworkRun(reference, inputs: sample.inputs)
    while let op = network.performNextOperator() {
      for tensor in reference.graph.nodes[op].outputs {
        guard let value = network.value(of: tensor) else { continue }
        for index in byTensor[tensor] ?? [] where index < first?.tile ?? .max {
          let expected = cut(tiles[index].destination.region, from: value, of: tensor)
          if expected.hashValue != tiles[index].hash { first = (index, expected) }
        }
      }
    }
    return try first.flatMap { tile, expected throws(ExecutionError) in
      try difference(in: tiles[tile], expected)
    }
  }

  /// All that the steps write, in order.
  private func tiles() throws(ExecutionError) -> [Tile] {
    var tiles: [Tile] = []
    var run = try PlanRun(executor, inputs: sample.inputs, poison: poison)
    while let step = run.performNextStep() {
      for destination in plan.steps[step].outputs {
        tiles.append(
          Tile(
            step: step, destination: destination, hash: run.elements(of: destination).hashValue))
      }
    }
    return tiles
  }

  /// A region of a tensor's value, row-major.
  private func cut(_ region: Region, from value: Bytes, of tensor: Int) -> Bytes {
    let type = reference.graph.tensors[tensor].type
    let width = type.element.sizeInBytes
    var bytes: [UInt8] = []
    bytes.reserveCapacity(region.count * width)
    region.forEachRow { start in
      let from = type.shape.index(of: start) * width
      if let row = value[from..<from + region.row.count * width] {
        bytes += row.elements(of: UInt8.self)
      }
    }
    return Bytes(copying: bytes)
  }

  /// Runs the plan again, up to a tile that differs, and compares elements.
  private func difference(in tile: Tile, _ expected: Bytes) throws(ExecutionError) -> Difference? {
    var run = try PlanRun(executor, inputs: sample.inputs, poison: poison)
    while let step = run.performNextStep(), step < tile.step {}
    let graph = reference.graph
    let (tensor, region) = (
      plan.buffers[tile.destination.buffer].tensor, tile.destination.region
    )
    guard let shape = Shape(checking: region.extents),
      let differences = ElementDifferences(
        expected: expected, actual: run.elements(of: tile.destination),
        type: TensorType(graph.tensors[tensor].type.element, shape))
    else { return nil }
    let producer = plan.steps[tile.step].op
    return Difference(
      sample: sample.name, tensor: graph.tensors[tensor].shortName,
      coordinate: zip(region.ranges, shape.coordinate(at: differences.first)).map {
        $0.lowerBound + $1
      },
      tile: region, step: tile.step, producer: producer,
      producerName: graph.nodes[producer].operatorName, expected: differences.expected,
      actual: differences.actual, count: differences.count)
  }
}
