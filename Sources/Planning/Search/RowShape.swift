internal import Graph
internal import Ops

/// What is known of a line-buffered group of consecutive operators before it is scheduled.
struct RowShape {
  private(set) var isTile: [Bool]
  /// The operators whose results, made early, would set free what they read: a shortcut beside other operators.
  let shortcuts: [Int]
  let leaves: [Bool]
  let streamed: Int?
  let step: Int
  let limits: [Range<Int>]

  /// The most rows that a group makes; more would be as many steps.
  private static let largestRowCount = 1 << 16

  /// Describes operators `ops` along `ring`; `nil` if one of them cannot be cut that way.
  init?(_ table: SearchTable, _ ops: Range<Int>, ring: Int) {
    let values = table.values
    let first = ops.lowerBound
    let outputs = ops.compactMap { table.operators[$0].output }
    guard outputs.count == ops.count, !ops.contains(where: { table.operators[$0].isRecurrent })
    else {
      return nil
    }
    let leaves = outputs.enumerated().map { op, tensor in
      op == ops.count - 1 || values[tensor].lastReader >= ops.upperBound
    }
    let node = table.graph.nodes[ops.upperBound - 1]
    let streamed = LineKeeping.streamedOperand(of: node, in: table.graph, along: ring) { tensor in
      ops.contains(values[tensor].producer) && !leaves[values[tensor].producer - first]
    }.map { values[$0].producer - first }
    for op in ops where streamed == nil || op < ops.upperBound - 1 {
      let axes = table.operators[op]
      guard values[outputs[op - first]].extents.count > ring, axes.axes.contains(ring) else {
        return nil
      }
    }
    var readers = [[(op: Int, axes: [AxisAccess])]](repeating: [], count: ops.count)
    for op in ops {
      for read in table.operators[op].reads where ops.contains(values[read.tensor].producer) {
        readers[values[read.tensor].producer - first].append((op - first, read.axes))
      }
    }
    guard !readers.joined().contains(where: { LineKeeping.readsBackwards($0.axes) }) else {
      return nil
    }
    var step = 1
    if let into = readers.joined().first(where: { $0.op == streamed }),
      case .scaled(ring, let factor, _) = into.axes[ring]
    {
      step = factor
    }
    let isTile = outputs.indices.map { op in
      guard !leaves[op], readers[op].count == 1 else { return false }
      if op == streamed { return true }
      let reader = readers[op][0]
      return LineKeeping.readsOnce(
        reader.axes, ring: ring,
        areMaps: values[outputs[op]].extents.count == 4
          && values[outputs[reader.op]].extents.count == 4,
        step: reader.op == streamed ? step : 1)
    }
    shortcuts = outputs.indices.filter { op in
      let joins =
        isTile[op] && readers.filter { $0.contains { $0.op == readers[op][0].op } }.count > 1
      return joins
        && readers.indices.contains { fork in
          readers[fork].count > 1 && readers[fork].contains { $0.op == op }
        }
    }
    self.isTile = isTile
    var limits = outputs.enumerated().map { op, tensor in
      leaves[op] && !(op == ops.count - 1 && streamed != nil)
        ? 0..<values[tensor].extents[ring] : 0..<0
    }
    if let streamed,
      let read = table.operators[ops.upperBound - 1].reads.first(where: {
        $0.tensor == outputs[streamed]
      })
    {
      limits[streamed] = read.axes[ring].bounds(
        for: read.axes[ring].outputAxis.map { 0..<values[outputs[ops.count - 1]].extents[$0] }
          ?? 0..<1,
        extent: values[outputs[streamed]].extents[ring])
    }
    limits = table.ranges(ops, axis: ring, for: limits)
    guard limits.reduce(0, { $0 + $1.count }) <= Self.largestRowCount else { return nil }
    (self.leaves, self.streamed, self.step, self.limits) = (leaves, streamed, step, limits)
  }

  /// The same group with results of `early` made as soon as what they read is there.
  func with(early: [Int]) -> RowShape {
    var shape = self
    for op in early { shape.isTile[op] = false }
    return shape
  }
}
