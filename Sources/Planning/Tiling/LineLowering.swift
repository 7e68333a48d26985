internal import Graph
internal import Ops
internal import Tensor

/// Lowers a line-buffered group: what leaves it is made a few rows at a time, and every tensor inside
/// keeps just the rows that are still to be read.
///
/// Rows are pulled: a step asks for the rows it reads, and what they are made from is asked for in
/// turn, one row after another. Nothing is computed twice. The doc comments speak of rows; along the
/// other ring axis they are columns.
struct LineLowering {
  private let checked: CheckedGroup
  private let ring: Int
  private let across: Int
  private let keeping: LineKeeping
  /// Where operands from outside the group lie, if not whole.
  private let operands: [Int: Int]
  private var graph: Graph { checked.graph }
  private var group: FusedGroup { checked.group }

  /// Prepares a group whose outer operands lie in the buffers `operands`, by tensor, or whole.
  init(_ checked: CheckedGroup, operands: [Int: Int] = [:]) {
    self.checked = checked
    self.operands = operands
    ring = checked.group.ringAxis.axis
    across = checked.group.ringAxis.across.axis
    keeping = LineKeeping(checked)
  }

  /// Makes all that leaves the group.
  func lower(into draft: inout PlanDraft) throws(TilingError) {
    try checkRows()
    var tiles: [Int: Region] = [:]
    for tensor in checked.exits { tiles[tensor] = graph.whole(tensor) }
    if let operand = keeping.streamedOperand {
      try checkAcross(operand)
      tiles[operand] = checked.need(
        of: graph.nodes[checked.exitOp].summedOperand, op: checked.exitOp,
        for: graph.whole(checked.exit))
      tiles[checked.exit] = nil
      lower(tiles, to: [:], pacedBy: operand, &draft)
    } else {
      try checkExit()
      try checkAcross(checked.exit)
      lower(tiles, to: [:], pacedBy: checked.exit, &draft)
    }
  }

  /// Makes `tile` of the group's result in the buffer `target`.
  func lower(
    tile: Region, into target: Int, _ draft: inout PlanDraft
  ) throws(TilingError) {
    try checkRows()
    try checkExit()
    lower([checked.exit: tile], to: [checked.exit: target], pacedBy: checked.exit, &draft)
  }

  /// Makes `tiles` of tensors, those of `targets` in their buffers; rows of the tensor `pace` come at the
  /// group's step, those of the others in proportion.
  private func lower(
    _ tiles: [Int: Region], to targets: [Int: Int], pacedBy pace: Int, _ draft: inout PlanDraft
  ) {
    let limits = checked.needs(for: tiles)
    var progress = LineProgress(draft: draft, limits: limits, buffers: operands)
    for (tensor, target) in targets { progress.buffers[tensor] = target }
    for tensor in checked.exits where progress.buffers[tensor] == nil {
      progress.buffers[tensor] = progress.draft.wholeBuffer(of: tensor)
    }
    let others = tiles.keys.filter { $0 != pace }.sorted()
    let isStreamed = pace != checked.exit
    let sums = isStreamed ? addSums(&progress) : nil
    guard let paced = limits[pace] else { return }
    for start in stride(from: paced[ring].lowerBound, to: paced[ring].upperBound, by: group.step) {
      let rows = start..<min(start + group.step, paced[ring].upperBound)
      if let sums {
        stream(rows, of: pace, to: sums, &progress)
      } else {
        make(rows, of: pace, &progress)
      }
      for tensor in others {
        guard let all = limits[tensor]?[ring] else { continue }
        let share = (all.count * (rows.upperBound - paced[ring].lowerBound) - 1) / paced[ring].count
        makeRows(upTo: all.lowerBound + share + 1, of: tensor, &progress)
      }
    }
    if let sums { finish(sums, &progress) }
    draft = progress.finishedDraft
  }

  // MARK: Checks

  private func checkRows() throws(TilingError) {
    for op in group.ops where graph.nodes[op].outputs.count > 1 || readsBackwards(op) {
      throw cannotCut(op)
    }
    // The rows of every tensor inside are made one after another.
    for op in group.ops where op != checked.exitOp {
      let tensor = graph.nodes[op].outputs[0]
      guard graph.tensors[tensor].type.shape.rank > ring, graph.nodes[op].accesses[0].mayCut(ring)
      else { throw cannotCut(op) }
    }
  }

  private func checkExit() throws(TilingError) {
    let shape = graph.tensors[checked.exit].type.shape
    guard shape.rank > ring else { throw cannotCut(checked.exitOp) }
    _ = try checked.tiles(
      [0, shape[ring]], axis: ring, name: group.ringAxis.rawValue, of: checked.exit)
  }

  /// Throws unless the cuts across end at the extent of `tensor`, or of a tensor inside the group.
  private func checkAcross(_ tensor: Int) throws(TilingError) {
    guard let cuts = cutsAcross else { return }
    let name = group.ringAxis.across.rawValue
    // Columns are those of feature maps.
    if !isMap(tensor) {
      throw .cannotCut(
        group: checked.index, op: checked.exitOp,
        operatorName: graph.nodes[checked.exitOp].operatorName, axis: name)
    }
    let inside = group.ops.flatMap { graph.nodes[$0].outputs }.first { inside in
      isMap(inside) && graph.tensors[inside].type.shape[across] == cuts.last
    }
    _ = try checked.tiles(cuts, axis: across, name: name, of: inside ?? tensor)
  }

  /// Whether an operator reads the rows of a tensor inside the group from the last to the first.
  private func readsBackwards(_ op: Int) -> Bool {
    let node = graph.nodes[op]
    return node.inputs.indices.contains { operand in
      guard let input = node.inputs[operand], checked.producer(of: input) != nil else {
        return false
      }
      return LineKeeping.readsBackwards(node.accesses[0].operands[operand])
    }
  }

  private func cannotCut(_ op: Int) -> TilingError {
    .cannotCut(
      group: checked.index, op: op, operatorName: graph.nodes[op].operatorName,
      axis: group.ringAxis.rawValue)
  }

  // MARK: Rows

  private var cutsAcross: [Int]? {
    group.ringAxis == .height ? group.cuts.width : group.cuts.height
  }

  /// Whether a tensor is a feature map, whose rows are cut across as well.
  private func isMap(_ tensor: Int) -> Bool { graph.tensors[tensor].type.shape.rank == 4 }

  /// The tiles that rows of a tensor are made in: the group's cuts, scaled to what is made of it.
  private func columnTiles(
    _ rows: Range<Int>, of tensor: Int, _ progress: LineProgress
  ) -> [Region] {
    guard var tile = progress.limits[tensor] else { return [] }
    tile[ring] = rows
    guard isMap(tensor), let cuts = cutsAcross else { return [tile] }
    return tile[across].split(at: cuts).map {
      var part = tile
      part[across] = $0
      return part
    }
  }

  /// Makes rows of a tensor, one at a time, as far as they have not been made.
  private func makeRows(upTo end: Int, of tensor: Int, _ progress: inout LineProgress) {
    guard let first = progress.limits[tensor]?[ring].lowerBound else { return }
    while (progress.made[tensor] ?? first) < end {
      let row = progress.made[tensor] ?? first
      make(row..<row + 1, of: tensor, &progress)
    }
  }

  /// Makes whole rows of a tensor, column tile by column tile, when all rows that they need are there.
  private func make(_ rows: Range<Int>, of tensor: Int, _ progress: inout LineProgress) {
    let tiles = columnTiles(rows, of: tensor, progress)
    for tile in tiles { prepare(tile, of: tensor, &progress) }
    for tile in tiles { make(tile, of: tensor, &progress) }
    progress.made[tensor] = rows.upperBound
  }

  /// Makes all whole rows that a tile of a tensor needs, directly or by way of other tiles.
  private func prepare(_ tile: Region, of tensor: Int, _ progress: inout LineProgress) {
    guard let op = checked.producer(of: tensor) else { return }
    for (input, need) in checked.needs(of: op, for: tile) {
      switch keeping[input] {
      case .tile: prepare(need, of: input, &progress)
      case .rows: makeRows(upTo: need[ring].upperBound, of: input, &progress)
      }
    }
  }

  /// Makes one tile of a tensor, after the tiles that it reads.
  private func make(_ tile: Region, of tensor: Int, _ progress: inout LineProgress) {
    guard let op = checked.producer(of: tensor) else { return }
    let buffer = progress.buffer(of: tensor)
    hold(checked.needs(of: op, for: tile), &progress)
    progress.draft.addStep(
      PlanStep(
        op: op, inputs: inputs(of: op, &progress),
        outputs: [PlanStep.Destination(buffer: buffer, region: tile)]))
  }

  /// Makes the tiles among the operands of a step, and sees to it that all of them are held.
  private func hold(_ needs: [(tensor: Int, region: Region)], _ progress: inout LineProgress) {
    for (input, need) in needs {
      switch keeping[input] {
      case .tile:
        make(need, of: input, &progress)
        progress.widen(input, ring, need[ring].count)
        if isMap(input) { progress.widen(input, across, need[across].count) }
      case .rows:
        progress.widen(input, ring, (progress.made[input] ?? 0) - need[ring].lowerBound)
      }
    }
  }

  private func inputs(of op: Int, _ progress: inout LineProgress) -> [Int?] {
    checked.inputs(of: graph.nodes[op], in: progress.buffers, &progress.draft)
  }

  // MARK: Sums

  private func addSums(_ progress: inout LineProgress) -> PlanStep.Destination {
    let whole = graph.whole(checked.exit)
    let sums = progress.draft.addBuffer(
      of: checked.exit, "sums", whole, sums: graph.nodes[checked.exitOp].sumElement)
    return PlanStep.Destination(buffer: sums, region: whole)
  }

  /// Adds rows of `tensor` to the last operator's sums as they are made.
  private func stream(
    _ rows: Range<Int>, of tensor: Int, to sums: PlanStep.Destination,
    _ progress: inout LineProgress
  ) {
    for tile in columnTiles(rows, of: tensor, progress) {
      switch keeping[tensor] {
      case .tile: prepare(tile, of: tensor, &progress)
      case .rows: makeRows(upTo: rows.upperBound, of: tensor, &progress)
      }
      hold([(tensor, tile)], &progress)
      progress.draft.addStep(
        PlanStep(
          op: checked.exitOp, phase: progress.hasSums ? .add : .start,
          inputs: inputs(of: checked.exitOp, &progress), reduce: tile, sums: sums))
      progress.hasSums = true
    }
  }

  private func finish(_ sums: PlanStep.Destination, _ progress: inout LineProgress) {
    progress.draft.addStep(
      PlanStep(
        op: checked.exitOp, phase: .finish,
        inputs: graph.nodes[checked.exitOp].inputs.map { _ in nil },
        outputs: [
          PlanStep.Destination(buffer: progress.buffer(of: checked.exit), region: sums.region)
        ],
        sums: sums))
  }
}
