internal import Graph
internal import Ops
internal import Tensor

extension SearchTable {
  /// By operator, the multiply-accumulates of what the network's outputs depend on.
  var neededMACs: [Int] {
    var needs: [Int: Region] = [:]
    for tensor in graph.outputs { needs[tensor] = graph.whole(tensor) }
    var macs = [Int](repeating: 0, count: operators.count)
    for op in operators.indices.reversed() {
      let node = graph.nodes[op]
      for (output, tensor) in node.outputs.enumerated() {
        guard let region = needs[tensor], !region.isEmpty else { continue }
        if let summed = node.summedInput {
          macs[op] += node.operation.macs(
            node.signature, node.accesses[output], output: output, over: region,
            reduce: graph.whole(summed))
        }
        for (operand, input) in node.inputs.enumerated() where node.isActivation(operand) {
          guard let input else { continue }
          let need = node.accesses[output].bounds(of: operand, for: region)
          needs[input] = needs[input]?.union(need) ?? need
        }
      }
    }
    return macs
  }

  /// Along one axis, what operators `ops` make so that their results `ranges` are made.
  ///
  /// By operator, counted from the first; empty ranges ask for nothing. A tensor that lacks the axis has one
  /// coordinate.
  func ranges(_ ops: Range<Int>, axis: Int, for ranges: [Range<Int>]) -> [Range<Int>] {
    var ranges = ranges
    for op in ops.reversed() where !ranges[op - ops.lowerBound].isEmpty {
      for read in operators[op].reads {
        let producer = values[read.tensor].producer
        guard ops.contains(producer) else { continue }
        let need = range(of: read, axis: axis, for: ranges[op - ops.lowerBound])
        ranges[producer - ops.lowerBound].formUnion(need)
      }
    }
    return ranges
  }

  /// Along one axis, what a tile of a result reads.
  func range(of read: Read, axis: Int, for tile: Range<Int>) -> Range<Int> {
    guard read.axes.count > axis else { return 0..<1 }
    let (access, extent) = (read.axes[axis], values[read.tensor].extents[axis])
    // What follows another axis of the result is read whole by each of its rows.
    guard let follows = access.outputAxis, follows != axis else {
      return access.bounds(for: access.outputAxis == nil ? 0..<1 : tile, extent: extent)
    }
    return 0..<extent
  }
}
