public import Graph
internal import Ops
internal import Planning
internal import Tensor

/// What plans of a fuzzing run should have, now and then.
public enum PlanFeature: String, Hashable, Sendable, CaseIterable {
  case untiled, tiled
  case severalGroups = "several groups"
  /// Kinds of groups, as searches call them.
  case ffmt, fdt, line, strip, nested
  case byColumns = "lines by columns"
  case severalLines = "several lines at a time"
  case early = "early operators"
  /// A ring that holds less than what is written to it.
  case ringWraps = "ring wraps"
  case ringOfWidth = "ring of columns"
  /// Sums of several steps.
  case partialSums = "partial sums"
  case sumsInSlices = "partial sums of a part of the channels"
  case channelTiles = "tiles of channels"
  case halo = "recomputed elements"
  /// A result on an operand.
  case inPlace = "result on operand"
  case reuse = "bytes used again"
  case copies = "results at two places"
  case host = "ends in host memory"
  case state = "kept state"
  case reordered = "operators in another order"
  case floatOrder = "floats added in another order"
  case unaligned = "alignment of 1"

  /// What a plan and its recipe have.
  public static func all(in binding: PlanBinding, _ recipe: PlanRecipe) -> Set<PlanFeature> {
    let (plan, graph) = (binding.plan, binding.graph)
    var found: Set<PlanFeature> = []
    func note(_ feature: PlanFeature, _ isThere: Bool) { if isThere { found.insert(feature) } }
    let groups = recipe.groups
    note(.untiled, plan.steps.count == graph.nodes.count)
    note(.tiled, plan.steps.count > graph.nodes.count)
    note(.severalGroups, groups.count > 1)
    for group in groups {
      PlanFeature(rawValue: group.searchMode.rawValue).map { note($0, true) }
      for group in [group] + group.inner where group.mode == .line {
        note(.byColumns, group.ringAxis == .width)
        note(.severalLines, group.step > 1)
        note(.early, !group.early.isEmpty)
      }
    }
    for buffer in plan.buffers {
      for (axis, capacity) in buffer.rings {
        note(.ringWraps, capacity < buffer.region[axis].count)
        note(.ringOfWidth, axis == 2)
      }
      note(.host, buffer.memory == .host)
      note(.state, buffer.memory == .state)
    }
    var wholeSteps: [Int] = []
    for step in plan.steps {
      note(.partialSums, step.phase == .add)
      note(.copies, binding.tiles(of: step).count < step.outputs.count)
      note(.inPlace, Self.liesOnOperand(step, plan))
      wholeSteps.append(step.op)
      for tile in binding.tiles(of: step) {
        let whole = graph.nodes[step.op].signature.outputs[tile.output].shape
        guard let axis = whole.extents.indices.last, tile.region.rank > axis else { continue }
        let isSlice = tile.region[axis].count < whole[axis]
        note(.channelTiles, isSlice)
        note(.sumsInSlices, isSlice && step.phase == .add)
      }
    }
    note(.reordered, zip(wholeSteps, wholeSteps.dropFirst()).contains { $0 > $1 })
    note(.halo, plan.steps.reduce(0) { $0 + binding.macs(of: $1) } > graph.macs)
    note(.floatOrder, !binding.keepsOrderOfFloatSums)
    note(.unaligned, plan.alignment == 1)
    let bytes = plan.buffers.filter { $0.memory == .arena }.reduce(0) { $0 + $1.sizeInBytes }
    note(.reuse, bytes > plan.peakInBytes)
    return found
  }

  private static func liesOnOperand(_ step: PlanStep, _ plan: Plan) -> Bool {
    let results = step.outputs.map { plan.buffers[$0.buffer] }.filter { $0.memory == .arena }
    return step.inputs.contains { input in
      guard let operand = input.map({ plan.buffers[$0] }), operand.memory == .arena else {
        return false
      }
      return results.contains { $0.byteRange.overlaps(operand.byteRange) }
    }
  }
}
