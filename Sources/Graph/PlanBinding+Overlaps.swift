internal import Tensor

extension PlanBinding {
  /// The buffers of two results of one step that want different elements at one address, so that it
  /// depends on the order of writing which of them stays; `nil` if there are none.
  ///
  /// - Complexity: linear in the elements written, where buffers overlap.
  public func overlappingResults(of step: PlanStep) -> (first: Int, second: Int)? {
    for (position, second) in step.outputs.enumerated() {
      for first in step.outputs[..<position] where overlap(first, second) {
        return (first.buffer, second.buffer)
      }
    }
    return nil
  }

  private func overlap(_ first: PlanStep.Destination, _ second: PlanStep.Destination) -> Bool {
    let (left, right) = (plan.buffers[first.buffer], plan.buffers[second.buffer])
    guard left.memory == .arena, right.memory == .arena,
      left.byteRange.overlaps(right.byteRange)
    else { return false }
    // By address, the element that the first result wants there.
    var wanted: [Int: Int] = [:]
    forEachByte(of: first) { byte, element in wanted[byte] = element }
    var clashes = false
    forEachByte(of: second) { byte, element in
      if let other = wanted[byte], left.tensor != right.tensor || other != element {
        clashes = true
      }
    }
    return clashes
  }

  /// Calls `body` with each address of a destination, and which byte of the tensor belongs there.
  private func forEachByte(
    of destination: PlanStep.Destination, _ body: (_ address: Int, _ byte: Int) -> Void
  ) {
    let buffer = plan.buffers[destination.buffer]
    let width = buffer.element.sizeInBytes
    runs[destination.buffer].forEach(in: destination.region) { run in
      for byte in 0..<run.count * width {
        body(buffer.offset + run.offset * width + byte, run.index * width + byte)
      }
    }
  }
}
