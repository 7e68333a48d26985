public import Graph
internal import Ops
internal import Tensor

/// The static check of a plan: walks the steps over a map from byte to owner.
///
/// A write takes its bytes; a read is legal if and only if each byte is still owned by the element
/// that is read. Rings, reuse of memory and dead rows need no rule of their own.
public struct OwnershipWalk {
  private let binding: PlanBinding
  private var map: AddressMap
  private var coverage = SumCoverage()
  /// By the address of a sum's first byte, the history of what it has added.
  private var histories: [Int: Int] = [:]
  private var findings: [Finding] = []

  /// All that is wrong with a plan, in the order of its buffers and steps; empty for a valid one.
  ///
  /// - Complexity: linear in the bytes that the steps read and write.
  public static func findings(in binding: PlanBinding) -> [Finding] {
    var walk = OwnershipWalk(binding)
    walk.checkBuffers()
    for index in binding.plan.steps.indices { walk.take(index) }
    walk.checkOutputs()
    return walk.findings
  }

  private init(_ binding: PlanBinding) {
    self.binding = binding
    map = AddressMap(binding.plan)
  }

  private var graph: Graph { binding.graph }
  private var plan: Plan { binding.plan }

  private func name(_ tensor: Int) -> String { graph.tensors[tensor].shortName }

  private func coordinate(of index: Int, in tensor: Int) -> [Int] {
    graph.tensors[tensor].type.shape.coordinate(at: index)
  }

  /// Checks what holds of buffers alone, and fills those of the network's inputs.
  private mutating func checkBuffers() {
    for (index, buffer) in plan.buffers.enumerated() {
      if buffer.offset % plan.alignment != 0 {
        findings.append(
          .misaligned(buffer: buffer.name, offset: buffer.offset, alignment: plan.alignment))
      }
      guard graph.inputs.contains(buffer.tensor) else { continue }
      guard buffer.rings.isEmpty else {
        findings.append(.ringInput(buffer: buffer.name))
        continue
      }
      write(PlanStep.Destination(buffer: index, region: buffer.region), isSum: false, step: -1)
    }
  }

  /// Walks one step: reads, then writes.
  private mutating func take(_ index: Int) {
    let step = plan.steps[index]
    guard fits(index, step) else { return }
    for operand in step.inputs.indices { readOperand(operand, index, step) }
    if let sums = step.sums {
      if step.phase != .start { readSums(sums, index) }
      if step.phase == .finish {
        checkCoverage(sums, index)
        checkOverwrites(step, index)
        release(sums)
      } else {
        addToHistories(sums, step)
        checkOverwrites(step, index)
        write(sums, isSum: true, step: index)
      }
    } else {
      checkOverwrites(step, index)
    }
    for destination in step.outputs { write(destination, isSum: false, step: index) }
  }

  /// Whether the buffers of a step hold the regions that it reads and writes.
  private mutating func fits(_ index: Int, _ step: PlanStep) -> Bool {
    let before = findings.count
    for destination in step.destinations {
      let buffer = plan.buffers[destination.buffer]
      guard buffer.region.contains(destination.region) else {
        findings.append(
          .writeOutsideBuffer(
            step: index, buffer: buffer.name, holds: buffer.region, writes: destination.region))
        continue
      }
      for (axis, capacity) in buffer.rings.sorted(by: { $0.key < $1.key })
      where destination.region[axis].count > capacity {
        findings.append(
          .ringTooShort(
            step: index, buffer: buffer.name, axis: axis, capacity: capacity,
            writes: destination.region[axis]))
      }
    }
    for (operand, buffer) in step.inputs.enumerated() {
      guard let buffer = buffer.map({ plan.buffers[$0] }) else { continue }
      let reads = binding.reads(of: operand, in: step)
      if !buffer.region.contains(reads) {
        findings.append(
          .readOutsideBuffer(
            step: index, operand: operand, buffer: buffer.name, holds: buffer.region,
            reads: reads))
      }
    }
    return findings.count == before
  }

  private mutating func readOperand(_ operand: Int, _ index: Int, _ step: PlanStep) {
    guard let buffer = step.inputs[operand] else { return }
    let node = binding.node(of: step)
    for tile in binding.tiles(of: step) {
      let coordinates = node.accesses[tile.output].coordinates(
        of: operand, for: tile.region, reduce: operand == 0 ? binding.reduce(of: step) : nil)
      read(buffer, coordinates, isSum: false, step: index) { name, count, first, instead in
        .notThere(
          step: index, operand: operand, tensor: name, count: count, first: first,
          instead: instead)
      }
    }
  }

  private mutating func readSums(_ sums: PlanStep.Destination, _ index: Int) {
    read(sums.buffer, sums.region.ranges.map { [$0] }, isSum: true, step: index) {
      .sumsNotThere(step: index, tensor: $0, count: $1, first: $2, instead: $3)
    }
  }

  private mutating func read(
    _ buffer: Int, _ coordinates: [[Range<Int>]], isSum: Bool, step: Int,
    _ finding: (_ tensor: String, _ count: Int, _ first: [Int], _ instead: Occupant) -> Finding
  ) {
    let (tensor, width) = (plan.buffers[buffer].tensor, plan.buffers[buffer].element.sizeInBytes)
    var missing = 0
    var first: (index: Int, byte: Int)?
    binding.runs[buffer].forEach(coordinates) { run in
      map.read(
        from: map.address(of: run, in: buffer, width: width), count: run.count, width: width,
        of: AddressMap.Owner(tensor: tensor, isSum: isSum, index: run.index), step: step
      ) { element, byte in
        missing += 1
        if first == nil { first = (run.index + element, byte) }
      }
    }
    guard let first else { return }
    findings.append(
      finding(
        name(tensor), missing, coordinate(of: first.index, in: tensor), occupant(first.byte)))
  }

  private func occupant(_ byte: Int) -> Occupant {
    let owner = map.owners[byte]
    if owner == .nothing { return .nothing }
    let step = map.writers[byte] < 0 ? nil : Int(map.writers[byte])
    let coordinate = coordinate(of: owner.index, in: owner.tensor)
    return owner.isSum
      ? .sum(tensor: name(owner.tensor), coordinate: coordinate, writtenBy: step)
      : .element(tensor: name(owner.tensor), coordinate: coordinate, writtenBy: step)
  }

  private mutating func write(_ destination: PlanStep.Destination, isSum: Bool, step: Int) {
    let buffer = plan.buffers[destination.buffer]
    let width = buffer.element.sizeInBytes
    binding.runs[destination.buffer].forEach(in: destination.region) { run in
      map.take(
        from: map.address(of: run, in: destination.buffer, width: width), count: run.count,
        width: width,
        for: AddressMap.Owner(tensor: buffer.tensor, isSum: isSum, index: run.index), step: step)
    }
  }

  private mutating func release(_ sums: PlanStep.Destination) {
    let width = plan.buffers[sums.buffer].element.sizeInBytes
    binding.runs[sums.buffer].forEach(in: sums.region) { run in
      map.release(
        from: map.address(of: run, in: sums.buffer, width: width), byteCount: run.count * width)
    }
  }

  /// Finds results that cover what the same step reads, but for the in-place rule of the operator.
  private mutating func checkOverwrites(_ step: PlanStep, _ index: Int) {
    let node = binding.node(of: step)
    var found: [Int: (tensor: Int, count: Int, first: [Int])] = [:]
    for destination in step.phase == .finish ? step.outputs : step.destinations {
      let buffer = plan.buffers[destination.buffer]
      let width = buffer.element.sizeInBytes
      let isSum = step.phase != .finish && destination == step.sums
      binding.runs[destination.buffer].forEach(in: destination.region) { run in
        let start = map.address(of: run, in: destination.buffer, width: width)
        for byte in start..<start + run.count * width where map.isRead(byte, by: index) {
          let old = map.owners[byte]
          let element = run.index + (byte - start) / width
          let new = AddressMap.Owner(tensor: buffer.tensor, isSum: isSum, index: element)
            .advanced(byte: (byte - start) % width)
          if old == new || old == .nothing { continue }
          if mayOverwrite(old, new, step, node) { continue }
          let entry = found[old.tensor]
          found[old.tensor] = (
            buffer.tensor, (entry?.count ?? 0) + 1,
            entry?.first ?? coordinate(of: element, in: buffer.tensor)
          )
        }
      }
    }
    for (operandTensor, entry) in found.sorted(by: { $0.key < $1.key }) {
      findings.append(
        .overwritesOperand(
          step: index, tensor: name(entry.tensor), operandTensor: name(operandTensor),
          count: entry.count, first: entry.first))
    }
  }

  /// The in-place rules: the operator's own, and that of `finish`, which reads sums in the order in
  /// which it writes results.
  private func mayOverwrite(
    _ old: AddressMap.Owner, _ new: AddressMap.Owner, _ step: PlanStep, _ node: GraphNode
  ) -> Bool {
    if old.isSum {
      return step.phase == .finish && old.tensor == new.tensor && old.index <= new.index
    }
    return node.inputs.indices.filter { node.inputs[$0] == old.tensor }.allSatisfy { operand in
      switch node.operation.inPlace(node.signature, operand: operand) {
      case .never: false
      case .sameAddress: !new.isSum && old.index == new.index && old.byte == new.byte
      }
    }
  }

  private mutating func addToHistories(_ sums: PlanStep.Destination, _ step: PlanStep) {
    let reduce = binding.reduce(of: step)
    let width = plan.buffers[sums.buffer].element.sizeInBytes
    var last: (before: Int, after: Int)?
    forEachSum(in: sums, width: width) { address, _ in
      let before =
        step.phase == .start ? SumCoverage.empty : histories[address] ?? SumCoverage.empty
      if last?.before != before {
        last = (before, coverage.number(of: before, adding: reduce))
      }
      histories[address] = last?.after
    }
  }

  /// Calls `body` with the address and the row-major index of each sum of a tile.
  private func forEachSum(
    in sums: PlanStep.Destination, width: Int, _ body: (_ address: Int, _ index: Int) -> Void
  ) {
    binding.runs[sums.buffer].forEach(in: sums.region) { run in
      let start = map.address(of: run, in: sums.buffer, width: width)
      for element in 0..<run.count { body(start + element * width, run.index + element) }
    }
  }

  /// Finds coordinates of operand 0 that the sums of a tile have not added exactly once.
  private mutating func checkCoverage(_ sums: PlanStep.Destination, _ index: Int) {
    let step = plan.steps[index]
    let node = binding.node(of: step)
    guard let operand = node.inputs.first, let operand else { return }
    let tensor = plan.buffers[sums.buffer].tensor
    let access = node.accesses[binding.outputIndex(of: sums, in: step)]
    var elements: [Int: [Int]] = [:]
    forEachSum(in: sums, width: plan.buffers[sums.buffer].element.sizeInBytes) { address, element in
      elements[histories[address] ?? SumCoverage.empty, default: []].append(element)
    }
    for (history, indices) in elements.sorted(by: { $0.key < $1.key }) {
      // Sums with one history between them are checked together, others one by one.
      let tiles =
        elements.count == 1
        ? [sums.region]
        : indices.map { index in
          Region(coordinate(of: index, in: tensor).map { $0..<$0 + 1 })
        }
      var faults = SumCoverage.Faults()
      for tile in tiles {
        let own = coverage.faults(
          of: history, coordinates: access.coordinates(of: 0, for: tile),
          bounds: access.bounds(of: 0, for: tile))
        faults.twice += own.twice
        faults.missing += own.missing
      }
      if let first = faults.twice.first {
        findings.append(
          .addedTwice(
            step: index, tensor: name(tensor), operandTensor: name(operand),
            count: Set(faults.twice).count, first: first))
      }
      if let first = faults.missing.first {
        findings.append(
          .notAdded(
            step: index, tensor: name(tensor), operandTensor: name(operand),
            count: Set(faults.missing).count, first: first))
      }
    }
  }

  /// Finds elements of the network's outputs that are nowhere after the last step.
  private mutating func checkOutputs() {
    for tensor in graph.outputs {
      let type = graph.tensors[tensor].type
      let width = type.element.sizeInBytes
      var isThere = [Bool](repeating: false, count: type.shape.count)
      for (index, buffer) in plan.buffers.enumerated()
      where buffer.tensor == tensor && buffer.rings.isEmpty && buffer.element == type.element {
        binding.runs[index].forEach(in: buffer.region) { run in
          let start = map.address(of: run, in: index, width: width)
          for element in 0..<run.count {
            let owner = AddressMap.Owner(tensor: tensor, isSum: false, index: run.index + element)
            let owned = (0..<width).allSatisfy {
              map.owners[start + element * width + $0] == owner.advanced(byte: $0)
            }
            if owned { isThere[run.index + element] = true }
          }
        }
      }
      if let first = isThere.firstIndex(of: false) {
        findings.append(
          .outputMissing(
            tensor: name(tensor), count: isThere.count { !$0 },
            first: coordinate(of: first, in: tensor)))
      }
    }
  }
}
