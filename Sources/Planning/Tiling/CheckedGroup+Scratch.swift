internal import Graph

extension CheckedGroup {
  /// The most bytes that the group needs at one step beside the tensors that it reads and the one that it
  /// makes, each buffer rounded up to the alignment.
  ///
  /// - Throws: what makes it impossible to lower the group.
  /// - Complexity: that of lowering the group, and linear in the elements that its steps read and write.
  func scratchInBytes(_ options: PlanningOptions) throws(TilingError) -> Int {
    var draft = PlanDraft(graph, options: options)
    try lower(into: &draft)
    let intervals = Liveness(
      graph: graph, buffers: draft.buffers, steps: draft.steps
    ).lifespans
    var changes = [Int](repeating: 0, count: draft.steps.count + 3)
    for buffer in draft.partialBuffers {
      let size = draft.buffers[buffer].sizeInBytes.roundedUp(to: options.alignment)
      for interval in intervals[buffer] {
        changes[interval.lowerBound] += size
        changes[interval.upperBound] -= size
      }
    }
    var (live, most) = (0, 0)
    for change in changes {
      live += change
      most = max(most, live)
    }
    return most
  }
}
