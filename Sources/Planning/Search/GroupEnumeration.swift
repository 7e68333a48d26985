internal import Graph
internal import Ops
internal import Tensor

/// Lists the ways to run consecutive operators, with what each costs.
struct GroupEnumeration {
  let table: SearchTable
  private let options: SearchOptions
  private let pairs: [[InPlacePairs.Pair]]

  /// The heights, or widths, of strips and the numbers of tiles along an axis.
  private static let sizes = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32]

  /// The most tiles along an axis.
  private static let largestTileCount = 1_024

  /// The most columns that a row is cut into.
  private static let largestPartCount = 16

  /// The most operators in a group.
  static let longestGroup = 256

  /// The most operators in a group of channel slices.
  private static let longestSlicedGroup = 8

  init(_ graph: Graph, _ options: SearchOptions) {
    table = SearchTable(graph, options.planning)
    pairs = InPlacePairs.ofOperators(in: graph, policy: options.planning.inPlace)
    self.options = options
  }

  /// Whether an operator may be followed by others of its group.
  func canBeInside(_ op: Int) -> Bool {
    table.operators[op].output != nil && !table.operators[op].isRecurrent
  }

  /// The ways to run operators `ops`; several of them only as a group.
  func candidates(_ ops: Range<Int>) -> [GroupCandidate] {
    var candidates: [GroupCandidate] = []
    if ops.count == 1 {
      candidates.append(
        GroupCandidate(
          group: nil, cost: WholeCost.cost(ops.lowerBound, table, pairs: pairs[ops.lowerBound])))
    }
    let shapes = [1, 2].map { RowShape(table, ops, ring: $0) }
    let schedules = zip([1, 2], shapes).map { ring, shape in
      shape.map { RowSchedule(table, ops, ring: ring, $0) }
    }
    if options.modes.contains(.line) {
      candidates += schedules.flatMap { $0.map(lines) ?? [] }
      for (ring, shape) in zip([1, 2], shapes) {
        guard let shape, !shape.shortcuts.isEmpty else { continue }
        candidates += lines(RowSchedule(table, ops, ring: ring, shape, early: shape.shortcuts))
      }
    }
    if let tiled = TiledCost(table, ops), ops.count > 1 || tiled.extent(1) > 1 {
      candidates += self.tiled(tiled, schedules)
    }
    if ops.count <= Self.longestSlicedGroup { candidates += sliced(ops) }
    return candidates
  }

  /// Rows or columns one at a time.
  private func lines(_ schedule: RowSchedule) -> [GroupCandidate] {
    let cost = LineCost(schedule)
    let isHeight = schedule.ring == 1
    let ops = Array(schedule.ops)
    // Sums of floats are added row by row.
    let reorders =
      !isHeight && schedule.streamed != nil
      && table.graph.nodes[schedule.ops.upperBound - 1].sumElement == .float32
    if reorders { return [] }
    var cuts: [[Int]?] = [nil]
    if cost.hasColumns {
      cuts.append(Self.even(cost.columns, min(cost.columns, Self.largestPartCount)))
    }
    return cuts.map { cuts in
      GroupCandidate(
        group: FusedGroup(
          ops: ops, mode: .line,
          cuts: isHeight ? .init(width: cuts) : .init(height: cuts), step: schedule.step,
          ringAxis: isHeight ? .height : .width,
          early: schedule.early.map { $0 + schedule.ops.lowerBound }),
        cost: cost.cost(cuts: cuts))
    }
  }

  /// Spatial tiles, and strips with a ring along the other axis.
  private func tiled(_ cost: TiledCost, _ schedules: [RowSchedule?]) -> [GroupCandidate] {
    var candidates: [GroupCandidate] = []
    let ops = Array(cost.ops)
    if options.modes.contains(.ffmt) {
      let rows = grid(cost, axis: 1)
      let columns = grid(cost, axis: 2)
      for row in rows {
        for column in columns where row.cuts != nil || column.cuts != nil {
          candidates.append(
            GroupCandidate(
              group: FusedGroup(
                ops: ops, mode: .recompute, cuts: .init(height: row.cuts, width: column.cuts)),
              cost: cost.cost(row.ranges, column.ranges)))
        }
      }
    }
    guard options.modes.contains(.strip), ops.count > 1 else { return candidates }
    for (axis, ringAxis) in [(1, FusedGroup.RingAxis.width), (2, .height)] {
      guard let schedule = schedules[ringAxis.axis - 1], schedule.streamed == nil,
        cost.extent(axis) > 1
      else { continue }
      for size in Self.sizes
      where size < cost.extent(axis) && cost.extent(axis) / size <= Self.largestTileCount {
        let cuts = Array(stride(from: 0, to: cost.extent(axis), by: size)) + [cost.extent(axis)]
        let tiles = TileRanges(
          table, cost.ops, axis: axis, tiles: zip(cuts, cuts.dropFirst()).map { $0..<$1 })
        candidates.append(
          GroupCandidate(
            group: FusedGroup(
              ops: ops, mode: .recompute,
              cuts: axis == 1 ? .init(height: cuts) : .init(width: cuts),
              inner: FusedGroup(ops: ops, mode: .line, ringAxis: ringAxis)),
            cost: cost.cost(tiles, axis: axis, schedule)))
      }
    }
    return candidates
  }

  /// The numbers of tiles along one axis that are tried, with what they read and make.
  private func grid(_ cost: TiledCost, axis: Int) -> [(cuts: [Int]?, ranges: TileRanges)] {
    let extent = cost.extent(axis)
    return Self.sizes.filter { $0 <= extent }.map { parts in
      let cuts = Self.even(extent, parts)
      return (
        parts == 1 ? nil : cuts,
        TileRanges(table, cost.ops, axis: axis, tiles: zip(cuts, cuts.dropFirst()).map { $0..<$1 })
      )
    }
  }

  /// Slices of channels, alone or inside spatial tiles.
  private func sliced(_ ops: Range<Int>) -> [GroupCandidate] {
    guard let first = table.operators[ops.lowerBound].output, canBeInside(ops.lowerBound),
      let channels = table.values[first].extents.last, channels > 1
    else { return [] }
    var groups: [FusedGroup] = []
    for parts in [2, 4, 8, 16, 32] where parts <= channels {
      let slices = FusedGroup(
        ops: Array(ops), mode: .channels, cuts: .init(channels: Self.even(channels, parts)))
      if options.modes.contains(.fdt) { groups.append(slices) }
      guard options.modes.contains(.nested), ops.count > 1, parts <= 8,
        let last = table.operators[ops.upperBound - 1].output,
        table.values[last].extents.count == 4, table.operators[ops.upperBound - 1].axes.contains(1)
      else { continue }
      for rows in [2, 4, 8] where rows <= table.values[last].extents[1] {
        groups.append(
          FusedGroup(
            ops: Array(ops), mode: .recompute,
            cuts: .init(height: Self.even(table.values[last].extents[1], rows)), inner: slices))
      }
    }
    var candidates: [GroupCandidate] = []
    if reordersFloats(table.graph.nodes[ops.upperBound - 1]) { return [] }
    for group in groups {
      // A group that cannot be lowered is no candidate, nor are all with other cuts.
      guard let cost = try? DraftCost.cost(group, table, options.planning) else { break }
      candidates.append(GroupCandidate(group: group, cost: cost))
    }
    return candidates
  }

  /// Whether an operator adds floats in another order if it adds them by slices of channels.
  private func reordersFloats(_ node: GraphNode) -> Bool {
    node.sumElement == .float32
      && node.summedInput.map { input in
        (1..<max(1, table.values[input].extents.count - 1)).contains(
          where: node.accesses[0].isSummed)
      } ?? false
  }

  /// Boundaries that cut `extent` into `parts` of nearly equal length.
  private static func even(_ extent: Int, _ parts: Int) -> [Int] {
    (0...parts).map { $0 * extent / parts }
  }
}
