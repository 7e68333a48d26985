internal import Graph
internal import Tensor

/// Elements of a network output that survive in one buffer until the last step has run.
struct OutputRun: Sendable {
  /// The buffer's index.
  let buffer: Int
  /// The elements.
  let run: ElementRun

  /// Where each network output lies at the end: per output, runs that cover it.
  ///
  /// - Complexity: linear in the bytes that the plan's steps write.
  static func survivors(of binding: PlanBinding) throws(ExecutionError) -> [[OutputRun]] {
    let lastWriters = LastWriters(binding)
    var outputs: [[OutputRun]] = []
    for tensor in binding.graph.outputs {
      let type = binding.graph.tensors[tensor].type
      var found = [Bool](repeating: false, count: type.shape.count)
      var runs: [OutputRun] = []
      for (index, buffer) in binding.plan.buffers.enumerated()
      where buffer.tensor == tensor && buffer.rings.isEmpty && buffer.element == type.element {
        binding.runs[index].forEach(in: buffer.region) { run in
          for step in 0..<run.count
          where !found[run.index + step] && lastWriters.holds(run.offset + step, of: index) {
            found[run.index + step] = true
            if let last = runs.last, last.buffer == index,
              last.run.offset + last.run.count == run.offset + step,
              last.run.index + last.run.count == run.index + step
            {
              runs[runs.count - 1] = OutputRun(
                buffer: index,
                run: ElementRun(
                  offset: last.run.offset, index: last.run.index, count: last.run.count + 1))
            } else {
              runs.append(
                OutputRun(
                  buffer: index,
                  run: ElementRun(offset: run.offset + step, index: run.index + step, count: 1)))
            }
          }
        }
      }
      let missing = found.count { !$0 }
      guard missing == 0 else {
        throw .outputIncomplete(tensor: binding.graph.tensors[tensor].name, missing: missing)
      }
      outputs.append(runs)
    }
    return outputs
  }
}

/// Which buffer each byte of memory was last written through.
private struct LastWriters {
  private let plan: Plan
  /// By arena byte, the index of a buffer, or -1.
  private var arena: [Int32]
  /// By host buffer and element, whether it was written.
  private var host: [Int: [Bool]] = [:]

  init(_ binding: PlanBinding) {
    plan = binding.plan
    arena = [Int32](repeating: -1, count: plan.peakInBytes)
    for (index, buffer) in plan.buffers.enumerated() where buffer.memory == .host {
      host[index] = [Bool](repeating: false, count: buffer.storedExtents.reduce(1, *))
    }
    for (index, buffer) in plan.buffers.enumerated()
    where binding.graph.inputs.contains(buffer.tensor) {
      binding.runs[index].forEach(in: buffer.region) { record($0, in: index) }
    }
    for step in plan.steps {
      for destination in step.destinations {
        binding.runs[destination.buffer].forEach(in: destination.region) {
          record($0, in: destination.buffer)
        }
      }
    }
  }

  private mutating func record(_ run: ElementRun, in index: Int) {
    if host[index] != nil {
      for element in run.offset..<run.offset + run.count { host[index]?[element] = true }
      return
    }
    let buffer = plan.buffers[index]
    let width = buffer.element.sizeInBytes
    let start = buffer.offset + run.offset * width
    for byte in start..<start + run.count * width { arena[byte] = Int32(index) }
  }

  /// Whether the element at `offset` of buffer `index` is still what was written through it.
  func holds(_ offset: Int, of index: Int) -> Bool {
    if let written = host[index] { return written[offset] }
    let buffer = plan.buffers[index]
    let width = buffer.element.sizeInBytes
    let start = buffer.offset + offset * width
    return (start..<start + width).allSatisfy { arena[$0] == Int32(index) }
  }
}
