internal import Tensor

/// Finds what is wrong with the buffers of a plan.
struct BufferFaults {
  let graph: Graph
  /// The type of the sums that each tensor's operator forms, by tensor.
  private let sumElements: [ElementType?]

  init(_ graph: Graph) {
    self.graph = graph
    sumElements = graph.producers.map { producer in
      producer.flatMap { graph.nodes[$0].sumElement }
    }
  }

  func collect(_ buffers: [PlanBuffer], into faults: inout [PlanFault]) {
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
          faults.append(.tooHigh(buffer: buffer.name, end: hostBytes))
        }
      }
    }
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
    if buffer.offset < 0 || (isHost && buffer.offset != 0) {
      faults.append(.badOffset(buffer: buffer.name, offset: buffer.offset))
    } else if buffer.offset > Plan.largestPeakInBytes
      || buffer.offset + buffer.sizeInBytes > Plan.largestPeakInBytes
    {
      faults.append(
        .tooHigh(
          buffer: buffer.name, end: buffer.offset.addingReportingOverflow(buffer.sizeInBytes).0))
    }
    let isEnd = (graph.inputs + graph.outputs).contains(buffer.tensor)
    if isHost && (!isEnd || buffer.element != type.element) {
      faults.append(.badHost(buffer: buffer.name))
    }
  }
}
