public import Graph
internal import Ops
internal import Tensor
internal import TiledExec

/// The static check of a plan: walks the steps over a map from byte to owner.
///
/// A write takes its bytes; a read is legal if and only if each byte is still owned by the element
/// that is read. Rings, reuse of memory and dead rows need no rule of their own.
public struct OwnershipWalk {
  private let binding: PlanBinding
  private var map: AddressMap
  /// Where the step at hand has read what is meant.
  private var reads = ReadAddresses()
  private var coverage = SumCoverage()
  /// By the address of a sum's first byte, the history of what it has added; empty for a plan without
  /// sums.
  private var histories: [Int]
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

  /// Whether a plan has no findings; the walk ends with the first step that has one.
  static func isValid(_ binding: PlanBinding) -> Bool {
    var walk = OwnershipWalk(binding)
    walk.checkBuffers()
    for index in binding.plan.steps.indices where walk.findings.isEmpty { walk.take(index) }
    if walk.findings.isEmpty { walk.checkOutputs() }
    return walk.findings.isEmpty
  }

  private init(_ binding: PlanBinding) {
    self.binding = binding
    map = AddressMap(binding)
    let hasSums = binding.plan.steps.contains { $0.sums != nil }
    histories = [Int](repeating: SumCoverage.empty, count: hasSums ? map.count : 0)
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
      map.take(
        PlanStep.Destination(buffer: index, region: buffer.region), isSum: false, step: -1, binding)
    }
  }

  /// Walks one step: reads, then writes.
  private mutating func take(_ index: Int) {
    let step = plan.steps[index]
    guard fits(index, step) else { return }
    reads.removeAll()
    for operand in step.inputs.indices { readOperand(operand, index, step) }
    if let sums = step.sums {
      if step.phase != .start { readSums(sums, index) }
      if step.phase == .finish {
        checkCoverage(sums, index)
        checkOverwrites(step, index)
        map.release(sums, binding)
      } else {
        addToHistories(sums, step)
        checkOverwrites(step, index)
        map.take(sums, isSum: true, step: index, binding)
      }
    } else {
      checkOverwrites(step, index)
    }
    for destination in step.outputs {
      map.take(destination, isSum: false, step: index, binding)
    }
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
    guard findings.count == before else { return false }
    if let (first, second) = binding.overlappingResults(of: step) {
      findings.append(
        .overlappingResults(
          step: index, first: plan.buffers[first].name, second: plan.buffers[second].name))
    }
    return true
  }

  private mutating func readOperand(_ operand: Int, _ index: Int, _ step: PlanStep) {
    guard let buffer = step.inputs[operand] else { return }
    let node = binding.node(of: step)
    for tile in binding.tiles(of: step) {
      let coordinates = node.accesses[tile.output].coordinates(
        of: operand, for: tile.region, reduce: binding.reduce(of: step))
      read(buffer, coordinates, isSum: false) { name, count, first, instead in
        .notThere(
          step: index, operand: operand, tensor: name, count: count, first: first,
          instead: instead)
      }
    }
  }

  private mutating func readSums(_ sums: PlanStep.Destination, _ index: Int) {
    read(sums.buffer, sums.region.ranges.map { [$0] }, isSum: true) {
      .sumsNotThere(step: index, tensor: $0, count: $1, first: $2, instead: $3)
    }
  }

  private mutating func read(
    _ buffer: Int, _ coordinates: [[Range<Int>]], isSum: Bool,
    _ finding: (_ tensor: String, _ count: Int, _ first: [Int], _ instead: Occupant) -> Finding
  ) {
    let (tensor, width) = (plan.buffers[buffer].tensor, plan.buffers[buffer].element.sizeInBytes)
    var missing = 0
    var first: (index: Int, byte: Int)?
    binding.runs[buffer].forEach(coordinates) { run in
      let start = map.address(of: run, in: buffer, width: width)
      let owner = AddressMap.Owner(tensor: tensor, isSum: isSum, index: run.index)
      var last: Int?
      map.compare(start..<start + run.count * width, with: OwnerRun(owner, width: width)) {
        reads.insert($0)
      } missing: { address in
        let element = run.index + (address - start) / width
        if element == last { return }
        last = element
        missing += 1
        if first == nil { first = (element, address) }
      }
    }
    guard let first else { return }
    findings.append(
      finding(
        name(tensor), missing, coordinate(of: first.index, in: tensor),
        map.occupant(of: first.byte, graph)))
  }

  /// Finds results that cover what the same step reads, but for the in-place rule of the operator.
  private mutating func checkOverwrites(_ step: PlanStep, _ index: Int) {
    var rule = OverwriteRule(binding, step)
    reads.sort()
    var found: [Int: (tensor: Int, count: Int, first: [Int], last: Int)] = [:]
    for destination in step.phase == .finish ? step.outputs : step.destinations {
      let buffer = plan.buffers[destination.buffer]
      // What variables hold changes after a step has read all that it reads.
      if buffer.memory == .state { continue }
      let width = buffer.element.sizeInBytes
      let isSum = step.phase != .finish && destination == step.sums
      binding.runs[destination.buffer].forEach(in: destination.region) { run in
        let start = map.address(of: run, in: destination.buffer, width: width)
        let results = OwnerRun(
          AddressMap.Owner(tensor: buffer.tensor, isSum: isSum, index: run.index), width: width)
        forEachOverwrite(of: start..<start + run.count * width, by: results, &rule) { new, old in
          let (entry, number) = (found[old.tensor], new.index)
          // An element is as many calls as it has bytes.
          if let entry, entry.tensor == buffer.tensor, entry.last == number { return }
          found[old.tensor] = (
            buffer.tensor, (entry?.count ?? 0) + 1,
            entry?.first ?? coordinate(of: number, in: buffer.tensor), number
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

  /// Calls `body` for each byte of `addresses` where the step may not write `results` over what it reads.
  private func forEachOverwrite(
    of addresses: Range<Int>, by results: OwnerRun, _ rule: inout OverwriteRule,
    _ body: (_ new: AddressMap.Owner, _ old: AddressMap.Owner) -> Void
  ) {
    for read in reads.stretches(in: addresses) {
      map.forEachOwners(of: read) { own, old in
        let new = results.dropping(own.lowerBound - addresses.lowerBound)
        if new == old || rule.allows(new, over: old, byteCount: own.count) { return }
        for offset in 0..<own.count {
          let (new, old) = (new.dropping(offset), old.dropping(offset))
          if new.first != old.first && !rule.allows(new, over: old, byteCount: 1) {
            body(new.first, old.first)
          }
        }
      }
    }
  }

  private mutating func addToHistories(_ sums: PlanStep.Destination, _ step: PlanStep) {
    let reduce = binding.reduce(of: step)
    let width = plan.buffers[sums.buffer].element.sizeInBytes
    var last: (before: Int, after: Int)?
    binding.runs[sums.buffer].forEach(in: sums.region) { run in
      let start = map.address(of: run, in: sums.buffer, width: width)
      for address in stride(from: start, to: start + run.count * width, by: width) {
        let before = step.phase == .start ? SumCoverage.empty : histories[address]
        let after =
          if let last, last.before == before { last.after } else {
            coverage.number(of: before, adding: reduce)
          }
        last = (before, after)
        histories[address] = after
      }
    }
  }

  /// Finds coordinates of the summed operand that the sums of a tile have not added exactly once.
  private mutating func checkCoverage(_ sums: PlanStep.Destination, _ index: Int) {
    let step = plan.steps[index]
    let node = binding.node(of: step)
    guard let operand = node.summedInput else { return }
    let tensor = plan.buffers[sums.buffer].tensor
    let access = node.accesses[binding.outputIndex(of: sums, in: step)]
    var elements: [Int: [Int]] = [:]
    let width = plan.buffers[sums.buffer].element.sizeInBytes
    binding.runs[sums.buffer].forEach(in: sums.region) { run in
      let start = map.address(of: run, in: sums.buffer, width: width)
      for element in 0..<run.count {
        elements[histories[start + element * width], default: []].append(run.index + element)
      }
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
          of: history, coordinates: access.coordinates(of: access.summedOperand, for: tile),
          bounds: access.bounds(of: access.summedOperand, for: tile))
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
      let shape = graph.tensors[tensor].type.shape
      var isThere = [Bool](repeating: false, count: shape.count)
      for entry in OutputRun.all(of: tensor, in: map, binding) {
        for index in entry.run.index..<entry.run.index + entry.run.count { isThere[index] = true }
      }
      if let first = isThere.firstIndex(of: false) {
        findings.append(
          .outputMissing(
            tensor: name(tensor), count: isThere.count { !$0 }, first: shape.coordinate(at: first)))
      }
    }
  }
}
