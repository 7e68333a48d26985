internal import Graph

/// One address space for the memory of a plan: the arena, and after it what lies outside, the buffers
/// that the caller holds and the variables, each 64-byte aligned within them.
struct PlanAddresses {
  /// Where each buffer starts.
  let starts: [Int]
  /// Where the first buffer starts that lies outside the arena; addresses before it belong to nobody.
  let outsideStart: Int
  /// The number of addresses.
  let end: Int

  init(_ binding: PlanBinding) {
    let outsideStart = (binding.plan.peakInBytes + 127) / 64 * 64
    var end = outsideStart
    var variables = [Int?](repeating: nil, count: binding.graph.variables.count)
    starts = binding.plan.buffers.map { buffer in
      if buffer.memory == .arena { return buffer.offset }
      let variable = binding.graph.variableOf[buffer.tensor]
      if let variable, let start = variables[variable] { return start }
      defer { end += (buffer.sizeInBytes + 63) / 64 * 64 }
      if let variable { variables[variable] = end }
      return end
    }
    self.outsideStart = outsideStart
    self.end = end
  }
}
