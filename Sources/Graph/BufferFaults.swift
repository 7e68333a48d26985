internal import Tensor

/// Finds what is wrong with the buffers of a plan.
struct BufferFaults {
  let graph: Graph
  /// The type of the sums that each tensor's operator forms, by tensor.
  private let sumElements: [ElementType?]
  /// Where the last buffer must end.
  private var limit = Plan.largestPeakInBytes

  init(_ graph: Graph) {
    self.graph = graph
    sumElements = graph.producers.map { producer in
      producer.flatMap { graph.nodes[$0].sumElement }
    }
  }

  mutating func collect(_ buffers: [PlanBuffer], into faults: inout [PlanFault]) {
    limit = limit(buffers)
    var names: Set<String> = []
    var hostBytes = 0
    for buffer in buffers {
      if !names.insert(buffer.name).inserted { faults.append(.duplicateName(buffer.name)) }
      guard graph.tensors.indices.contains(buffer.tensor),
        graph.tensors[buffer.tensor].constant == nil
      else {
        faults.append(.badTensor(buffer: buffer.name, tensor: buffer.tensor))
        continue
      }
      collect(buffer, into: &faults)
      if buffer.memory == .host && hostBytes <= Plan.largestPeakInBytes {
        hostBytes += min(buffer.sizeInBytes, Plan.largestPeakInBytes + 1)
        if hostBytes > Plan.largestPeakInBytes {
          faults.append(
            .tooHigh(
              buffer: buffer.name, end: hostBytes, limit: Plan.largestPeakInBytes))
        }
      }
    }
  }

  /// Twice what the buffers could take side by side, or 16 MiB if that is more: checking takes memory
  /// per byte of the arena, which a few buffers far apart should not claim.
  private func limit(_ buffers: [PlanBuffer]) -> Int {
    let bytes = buffers.reduce(0) { bytes, buffer in
      guard graph.tensors.indices.contains(buffer.tensor) else { return bytes }
      let whole = graph.whole(buffer.tensor)
      let isInside = buffer.region.rank == whole.rank && whole.contains(buffer.region)
      return min(Plan.largestPeakInBytes, bytes + (isInside ? 8 * buffer.region.count : 0))
    }
    return min(Plan.largestPeakInBytes, max(1 << 24, 2 * bytes))
  }

  private func collect(_ buffer: PlanBuffer, into faults: inout [PlanFault]) {
    let type = graph.tensors[buffer.tensor].type
    let elements = [type.element] + [sumElements[buffer.tensor]].compactMap { $0 }
    if !elements.contains(buffer.element) {
      faults.append(
        .badElement(buffer: buffer.name, expected: elements, found: buffer.element))
    }
    let whole = graph.whole(buffer.tensor)
    guard buffer.region.rank == whole.rank, whole.contains(buffer.region), !buffer.region.isEmpty
    else {
      faults.append(.badRegion(buffer: buffer.name, tensor: whole, found: buffer.region))
      return
    }
    for (axis, capacity) in buffer.rings.sorted(by: { $0.key < $1.key })
    where !(0..<whole.rank).contains(axis)
      || !(1...buffer.region[axis].count).contains(capacity)
    {
      faults.append(.badRing(buffer: buffer.name, axis: axis, capacity: capacity))
    }
    let isHost = buffer.memory == .host
    if buffer.offset < 0 || (buffer.memory != .arena && buffer.offset != 0) {
      faults.append(.badOffset(buffer: buffer.name, offset: buffer.offset))
    } else if buffer.offset > limit || buffer.offset + buffer.sizeInBytes > limit {
      faults.append(
        .tooHigh(
          buffer: buffer.name,
          end: min(buffer.offset, .max - buffer.sizeInBytes) + buffer.sizeInBytes,
          limit: limit))
    }
    let isVariable = graph.variableOf[buffer.tensor] != nil
    if isVariable {
      let isWhole =
        buffer.region == whole && buffer.rings.isEmpty && buffer.element == type.element
      if buffer.memory != .state || !isWhole {
        faults.append(.badState(buffer: buffer.name, isVariable: true))
      }
      return
    }
    if buffer.memory == .state {
      faults.append(.badState(buffer: buffer.name, isVariable: false))
    }
    let isEnd = (graph.inputs + graph.outputs).contains(buffer.tensor)
    if isHost && (!isEnd || buffer.element != type.element) {
      faults.append(.badHost(buffer: buffer.name))
    }
  }
}
