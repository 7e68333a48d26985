internal import Graph

extension Plan {
  /// Gives every buffer in the arena an address, as low as can be found; others stay at 0.
  ///
  /// The order of the steps is kept. What may overlap follows from who reads what when, and from `options`.
  mutating func layOut(for graph: Graph, _ options: PlanningOptions) {
    let layout = PlanLayout(
      graph, buffers: buffers, steps: steps, alignment: options.alignment,
      inPlace: options.inPlace, withMicroScratch: options.leavesRoomForMicroScratch)
    let solver = LayoutSolver(nodeLimit: options.layoutNodeLimit)
    let offsets = layout.offsets(of: solver.least(layout.problem))
    for index in buffers.indices { buffers[index].offset = offsets[index] }
  }
}
