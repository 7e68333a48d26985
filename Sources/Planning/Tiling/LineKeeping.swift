internal import Graph
internal import Ops
internal import Tensor

/// How a line-buffered group keeps each of its tensors.
struct LineKeeping {
  /// How one tensor is kept.
  enum Form {
    /// Whole rows, until the last step that needs them has run.
    case rows
    /// One tile at a time, read once, by the step that follows.
    case tile
  }

  /// The tensor that the last operator sums over all of its rows into one, so that it adds each row as it is
  /// made and never sees the whole; `nil` if it does no such thing.
  let streamedOperand: Int?
  private let tiles: Set<Int>

  init(_ checked: CheckedGroup) {
    let streamed = Self.streamedOperand(
      of: checked.graph.nodes[checked.exitOp], in: checked.graph,
      along: checked.group.ringAxis.axis, isInside: checked.internals.contains)
    streamedOperand = streamed
    let early = Set(checked.group.early.flatMap { checked.graph.nodes[$0].outputs })
    tiles = checked.internals.subtracting(early).filter {
      Self.isTile($0, checked, streamed: streamed)
    }
  }

  /// How a tensor inside the group is kept.
  subscript(tensor: Int) -> Form { tiles.contains(tensor) ? .tile : .rows }

  /// The tensor inside a group that its last operator sums along an axis into one row.
  static func streamedOperand(
    of node: GraphNode, in graph: Graph, along ring: Int, isInside: (Int) -> Bool
  ) -> Int? {
    guard let input = node.summedInput, isInside(input), node.sumElement != nil,
      graph.tensors[input].type.shape.rank > ring, node.accesses[0].isSummed(ring)
    else { return nil }
    let whole = graph.whole(node.outputs[0])
    let access = node.accesses[0]
    // A window may read padding alone: then nothing is added.
    guard !access.bounds(of: node.summedOperand, for: whole).isEmpty else { return nil }
    let follows = access.operands[node.summedOperand][ring].outputAxis
    return follows.map { whole[$0].count == 1 } ?? true ? input : nil
  }

  /// Whether successive tiles of a result read parts of an operand that do not overlap, along the ring and, of
  /// feature maps, across it.
  ///
  /// The result is made one row at a time, or in tiles of `step` rows.
  static func readsOnce(_ axes: [AxisAccess], ring: Int, areMaps: Bool, step: Int = 1) -> Bool {
    (areMaps ? [1, 2] : [ring]).allSatisfy { axis in
      guard axis < axes.count else { return false }
      return switch axes[axis] {
      case .window(axis, let size, let stride, let dilation, _): (size - 1) * dilation < stride
      case .scaled(axis, let factor, _): step % factor == 0
      case .window, .scaled, .transposed, .mapped, .fixed, .reduced, .whole: false
      }
    }
  }

  /// Whether an operand's rows, or columns, are read from the last to the first, or again later on.
  static func readsBackwards(_ axes: [AxisAccess]) -> Bool {
    axes.contains { axis in
      switch axis {
      case .window(_, _, let stride, _, _): stride < 0
      case .mapped(_, let function): !function.isMonotonic
      case .transposed, .scaled, .fixed, .reduced, .whole: false
      }
    }
  }

  /// Whether a tensor is kept tile by tile: its one reader in the group reads each part of it once.
  private static func isTile(_ tensor: Int, _ checked: CheckedGroup, streamed: Int?) -> Bool {
    let (graph, group) = (checked.graph, checked.group)
    let readers = group.ops.flatMap { op in
      graph.nodes[op].inputs.indices.filter { graph.nodes[op].inputs[$0] == tensor }
        .map { (op, $0) }
    }
    guard readers.count == 1, let (op, operand) = readers.first else { return false }
    if tensor == streamed { return true }
    let output = graph.nodes[op].outputs[0]
    return readsOnce(
      graph.nodes[op].accesses[0].operands[operand], ring: group.ringAxis.axis,
      areMaps: [tensor, output].allSatisfy { graph.tensors[$0].type.shape.rank == 4 },
      step: output == streamed ? group.step : 1)
  }
}
