internal import Graph

/// One address space for the memory of a plan: the arena, and after it the buffers that the caller
/// holds, each 64-byte aligned within them.
struct PlanAddresses {
  /// Where each buffer starts.
  let starts: [Int]
  /// Where the first buffer starts that the caller holds; addresses before it belong to nobody.
  let hostStart: Int
  /// The number of addresses.
  let end: Int

  init(_ plan: Plan) {
    let hostStart = (plan.peakInBytes + 127) / 64 * 64
    var end = hostStart
    starts = plan.buffers.map { buffer in
      if buffer.memory == .arena { return buffer.offset }
      defer { end += (buffer.sizeInBytes + 63) / 64 * 64 }
      return end
    }
    self.hostStart = hostStart
    self.end = end
  }
}
