internal import Graph
internal import Ops
internal import Tensor

/// Lowers a line-buffered group: its result is made a few rows at a time, and every tensor inside
/// keeps just the rows that are still to be read.
///
/// Rows are pulled: a step asks for the rows it reads, and what they are made from is asked for in
/// turn, one row after another. Nothing is computed twice. The doc comments speak of rows; along the
/// other ring axis they are columns.
struct LineLowering {
  private let checked: CheckedGroup
  private let ring: Int
  private let across: Int
  private var graph: Graph { checked.graph }
  private var group: FusedGroup { checked.group }

  /// How a tensor inside the group is kept.
  private enum Keeping {
    /// Whole rows, until the last of them that needs them has been made.
    case rows
    /// One tile at a time, read once, by the step that follows.
    case tile
  }

  /// What changes while the group is lowered.
  private struct Progress {
    /// The rows of each tensor made so far.
    var made: [Int: Int] = [:]
    /// The buffer of each tensor.
    var buffers: [Int: Int] = [:]
    /// The most coordinates of each axis that each tensor holds at one time.
    var capacities: [Int: [Int: Int]] = [:]
    var draft: PlanDraft

    /// Makes room for as many coordinates of each axis of a tensor.
    mutating func widen(_ tensor: Int, _ counts: [Int: Int]) {
      capacities[tensor, default: [:]].merge(counts, uniquingKeysWith: max)
    }
  }

  init(_ checked: CheckedGroup) {
    self.checked = checked
    ring = checked.group.ringAxis.axis
    across = checked.group.ringAxis.across.axis
  }

  func lower(into draft: inout PlanDraft) throws(TilingError) {
    for op in group.ops where graph.nodes[op].outputs.count > 1 {
      throw cannotCut(op)
    }
    for op in group.ops where readsBackwards(op) { throw cannotCut(op) }
    // The rows of every tensor inside are made one after another.
    for op in group.ops where op != checked.exitOp {
      let tensor = graph.nodes[op].outputs[0]
      guard graph.tensors[tensor].type.shape.rank > ring, graph.nodes[op].accesses[0].mayCut(ring)
      else { throw cannotCut(op) }
    }
    var progress = Progress(draft: draft)
    progress.buffers[checked.exit] = progress.draft.wholeBuffer(of: checked.exit)
    if let operand = streamedOperand {
      try checkAcross(operand)
      stream(operand, &progress)
    } else {
      let shape = graph.tensors[checked.exit].type.shape
      guard shape.rank > ring else { throw cannotCut(checked.exitOp) }
      _ = try checked.tiles([0, shape[ring]], axis: ring, name: ringName, of: checked.exit)
      try checkAcross(checked.exit)
      for start in stride(from: 0, to: shape[ring], by: group.step) {
        make(
          rows: start..<min(start + group.step, shape[ring]), of: checked.exit,
          by: checked.exitOp, &progress)
      }
    }
    draft = progress.draft
    for tensor in checked.internals {
      guard let buffer = progress.buffers[tensor] else { continue }
      for (axis, capacity) in progress.capacities[tensor] ?? [:] {
        draft.setRing(buffer, axis: axis, capacity: capacity)
      }
    }
  }

  /// Whether an operator reads the rows of a tensor inside the group from the last to the first.
  private func readsBackwards(_ op: Int) -> Bool {
    let node = graph.nodes[op]
    return node.inputs.indices.contains { operand in
      guard let input = node.inputs[operand], checked.internals.contains(input) else {
        return false
      }
      return node.accesses[0].operands[operand].contains { entry in
        if case .window(_, _, let stride, _, _) = entry { stride < 0 } else { false }
      }
    }
  }

  private var cutsAcross: [Int]? {
    group.ringAxis == .height ? group.cuts.width : group.cuts.height
  }

  /// Whether a tensor is a feature map, whose rows are cut across as well.
  private func isMap(_ tensor: Int) -> Bool { graph.tensors[tensor].type.shape.rank == 4 }

  private var ringName: String { group.ringAxis.rawValue }

  private func cannotCut(_ op: Int) -> TilingError {
    .cannotCut(
      group: checked.index, op: op, operatorName: graph.nodes[op].operatorName, axis: ringName)
  }

  private func checkAcross(_ tensor: Int) throws(TilingError) {
    // Columns are those of feature maps.
    if cutsAcross != nil && !isMap(tensor) {
      throw .cannotCut(
        group: checked.index, op: checked.exitOp,
        operatorName: graph.nodes[checked.exitOp].operatorName,
        axis: group.ringAxis.across.rawValue)
    }
    _ = try checked.tiles(
      cutsAcross, axis: across, name: group.ringAxis.across.rawValue, of: tensor)
  }

  /// The tensor that the last operator sums over all of its rows into one, so that it adds each row
  /// as it is made and never sees the whole.
  private var streamedOperand: Int? {
    let node = graph.nodes[checked.exitOp]
    guard let input = node.summedInput, checked.internals.contains(input), node.sumElement != nil,
      node.accesses[0].isSummed(ring)
    else { return nil }
    let whole = graph.whole(checked.exit)
    // A window may read padding alone: then nothing is added.
    guard checked.need(of: node.summedOperand, op: checked.exitOp, for: whole) != nil else {
      return nil
    }
    let follows = node.accesses[0].operands[node.summedOperand][ring].outputAxis
    return follows.map { whole[$0].count == 1 } ?? true ? input : nil
  }

  /// Adds the rows of `tensor` to the last operator's sums as they are made.
  private func stream(_ tensor: Int, _ progress: inout Progress) {
    guard let producer = producer(of: tensor) else { return }
    let node = graph.nodes[checked.exitOp]
    let whole = graph.whole(checked.exit)
    let sums = PlanStep.Destination(
      buffer: progress.draft.addBuffer(
        of: checked.exit, "sums", whole, sums: node.sumElement),
      region: whole)
    guard let read = checked.need(of: 0, op: checked.exitOp, for: whole) else { return }
    var phase = PlanStep.Phase.start
    for start in stride(from: read[ring].lowerBound, to: read[ring].upperBound, by: group.step) {
      for columns in columnTiles(of: tensor) {
        var tile = read
        tile[ring] = start..<min(start + group.step, read[ring].upperBound)
        if let columns { tile[across] = columns.clamped(to: read[across]) }
        if tile.isEmpty { continue }
        make(tile, of: tensor, by: producer, &progress)
        progress.widen(tensor, counts(of: tile, tensor))
        progress.draft.addStep(
          PlanStep(
            op: checked.exitOp, phase: phase, inputs: inputs(of: checked.exitOp, &progress),
            reduce: tile, sums: sums))
        phase = .add
      }
    }
    let target = progress.draft.wholeBuffer(of: checked.exit)
    progress.draft.addStep(
      PlanStep(
        op: checked.exitOp, phase: .finish, inputs: node.inputs.map { _ in nil },
        outputs: [PlanStep.Destination(buffer: target, region: whole)], sums: sums))
  }

  private func producer(of tensor: Int) -> Int? {
    group.ops.first { graph.nodes[$0].outputs == [tensor] }
  }

  /// How many coordinates of the spatial axes a tile has.
  private func counts(of tile: Region, _ tensor: Int) -> [Int: Int] {
    isMap(tensor)
      ? [ring: tile[ring].count, across: tile[across].count] : [ring: tile[ring].count]
  }

  /// The ranges that each row of a tensor is cut into: the group's cuts, scaled to its extent; `nil`
  /// for a tensor whose rows are not cut.
  private func columnTiles(of tensor: Int) -> [Range<Int>?] {
    guard isMap(tensor), let cuts = cutsAcross, let last = cuts.last, last > 0 else { return [nil] }
    let extent = graph.tensors[tensor].type.shape[across]
    let scaled = cuts.map { ($0 * extent + last / 2) / last }
    return zip(scaled, scaled.dropFirst()).filter { $0 < $1 }.map { $0..<$1 }
  }

  /// How a tensor is kept: tile by tile if its one reader in the group reads pixel by pixel.
  private func keeping(of tensor: Int) -> Keeping {
    let readers = group.ops.flatMap { op in
      graph.nodes[op].inputs.indices.filter { graph.nodes[op].inputs[$0] == tensor }
        .map { (op, $0) }
    }
    guard readers.count == 1, let (op, operand) = readers.first else { return .rows }
    if tensor == streamedOperand { return .tile }
    let access = graph.nodes[op].accesses[0].operands[operand]
    let axes = isMap(tensor) && isMap(graph.nodes[op].outputs[0]) ? [ring, across] : [ring]
    let isPixelwise = axes.allSatisfy { axis in
      if case .window(axis, 1, 1, _, 0) = access[axis] { true } else { false }
    }
    return isPixelwise ? .tile : .rows
  }

  /// Makes whole rows of a tensor, column tile by column tile.
  private func make(
    rows: Range<Int>, of tensor: Int, by op: Int, _ progress: inout Progress
  ) {
    for columns in columnTiles(of: tensor) {
      var tile = graph.whole(tensor)
      tile[ring] = rows
      if let columns { tile[across] = columns }
      make(tile, of: tensor, by: op, &progress)
    }
    progress.made[tensor] = rows.upperBound
  }

  /// Makes one tile of a tensor, after everything that it reads.
  private func make(_ tile: Region, of tensor: Int, by op: Int, _ progress: inout Progress) {
    let node = graph.nodes[op]
    if progress.buffers[tensor] == nil {
      progress.buffers[tensor] = progress.draft.addBuffer(of: tensor, "rows", graph.whole(tensor))
    }
    var needed: [(tensor: Int, need: Region)] = []
    for (operand, input) in node.inputs.enumerated() {
      guard let input, checked.internals.contains(input), let source = producer(of: input) else {
        continue
      }
      guard let need = checked.need(of: operand, op: op, for: tile) else { continue }
      needed.append((input, need))
      switch keeping(of: input) {
      case .tile: make(need, of: input, by: source, &progress)
      case .rows:
        // Rows before the first one that is needed are never made.
        let made = progress.made[input] ?? need[ring].lowerBound
        for row in made..<max(made, need[ring].upperBound) {
          make(rows: row..<row + 1, of: input, by: source, &progress)
        }
      }
    }
    // What one operand is made from may be another operand, of which more rows are made by then.
    for (input, need) in needed {
      switch keeping(of: input) {
      case .tile: progress.widen(input, counts(of: need, input))
      case .rows:
        progress.widen(input, [ring: (progress.made[input] ?? 0) - need[ring].lowerBound])
      }
    }
    progress.draft.addStep(
      PlanStep(
        op: op, inputs: inputs(of: op, &progress),
        outputs: [
          PlanStep.Destination(buffer: progress.buffers[tensor] ?? 0, region: tile)
        ]))
  }

  private func inputs(of op: Int, _ progress: inout Progress) -> [Int?] {
    checked.inputs(of: graph.nodes[op], in: progress.buffers, &progress.draft)
  }
}
