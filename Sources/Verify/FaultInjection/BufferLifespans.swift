internal import Graph

/// From which step to which the buffers of a plan are in use: written first, read last.
///
/// A buffer that rests in between counts as live all the same.
struct BufferLifespans {
  /// By buffer; `nil` for one that no step uses.
  private let spans: [ClosedRange<Int>?]

  /// Follows the steps of a plan; inputs are there from step -1 on, outputs after the last step.
  init(_ plan: Plan, _ graph: Graph) {
    var spans = plan.buffers.map { buffer in
      graph.inputs.contains(buffer.tensor) ? -1...(-1) : nil
    }
    func use(_ buffer: Int, at step: Int) {
      let start = spans[buffer]?.lowerBound ?? step
      spans[buffer] = start...step
    }
    for (index, step) in plan.steps.enumerated() {
      for case let buffer? in step.inputs { use(buffer, at: index) }
      for destination in step.destinations { use(destination.buffer, at: index) }
    }
    for (index, buffer) in plan.buffers.enumerated()
    where graph.outputs.contains(buffer.tensor) && spans[index] != nil {
      use(index, at: plan.steps.count)
    }
    self.spans = spans
  }

  /// Whether `buffer` holds something when `other` is first written.
  func isLive(_ buffer: Int, whenFirstWritten other: Int) -> Bool {
    guard let span = spans[buffer], let start = spans[other]?.lowerBound else { return false }
    return span.contains(start)
  }

  /// Whether two buffers are ever in use at one time.
  func overlap(_ buffer: Int, _ other: Int) -> Bool {
    guard let span = spans[buffer], let another = spans[other] else { return false }
    return span.overlaps(another)
  }
}
