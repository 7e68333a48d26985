internal import Graph
internal import Ops
internal import Tensor

/// A second arena that knows of each byte of the first whose it is, and sees what kernels touch.
///
/// A tile declares what it reads and writes; the trace tells what its kernel really touched; what was
/// really written is what belongs to the tile's elements afterwards. So a plan's own order of steps
/// decides what is there, and no rule says what should be.
struct ShadowArena {
  /// What a tile declares of one tensor: runs of addresses, with their owners.
  struct Declared {
    let addresses: Range<Int>
    let owner: AddressMap.Owner
    let width: Int

    /// The owners of all bytes.
    var owners: OwnerRun { OwnerRun(owner, width: width) }

    /// The owner of a byte.
    @inline(__always)
    func owner(of address: Int) -> AddressMap.Owner {
      owners.owner(at: address - addresses.lowerBound)
    }
  }

  /// A tile that is being computed.
  struct Tile {
    let step: Int
    /// The destination that the kernel writes.
    let target: PlanStep.Destination
    let writesSums: Bool
    var reads: [Declared] = []
    var writes: [Declared] = []
  }

  let binding: PlanBinding
  /// What kernels run under.
  let trace: Trace
  private(set) var map: AddressMap
  private(set) var findings: [ShadowFinding] = []

  /// Knows the network's inputs, and nothing else, to be there.
  init(_ binding: PlanBinding, trace: Trace) {
    self.binding = binding
    self.trace = trace
    map = AddressMap(binding)
    for (index, buffer) in binding.plan.buffers.enumerated()
    where binding.graph.inputs.contains(buffer.tensor) {
      map.take(
        PlanStep.Destination(buffer: index, region: buffer.region), isSum: false, step: -1, binding)
    }
  }

  /// Declares what `call`, a tile of a step, reads, and that it writes `target`, or memory of its own.
  func begin(
    _ call: KernelCall, step index: Int, target: PlanStep.Destination, writesAside: Bool = false
  ) -> Tile {
    let step = binding.plan.steps[index]
    let access = binding.node(of: step).accesses[call.output]
    let writesSums = step.phase == .start || step.phase == .add
    trace.begin(
      constants: call.inputs.compactMap { $0 }.filter(\.cells.isConstant), writesSums: writesSums)
    var tile = Tile(step: index, target: target, writesSums: writesSums)
    for (operand, buffer) in step.inputs.enumerated() {
      guard let buffer else { continue }
      let coordinates = access.coordinates(of: operand, for: call.region, reduce: call.reduce)
      tile.reads += declareReads(of: coordinates, in: buffer, isSum: false)
    }
    if let sums = step.sums, step.phase != .start {
      tile.reads += declareReads(
        of: sums.region.ranges.map { [$0] }, in: sums.buffer, isSum: true)
    }
    if writesAside { return tile }
    tile.writes = declared(
      target.region.ranges.map { $0.isEmpty ? [] : [$0] }, in: target.buffer, isSum: writesSums)
    for run in tile.writes { trace.declareWrites(run.addresses) }
    return tile
  }

  /// Judges what the kernel touched, and gives what it wrote to the tile's elements; `copies` are
  /// destinations that hold the same.
  mutating func end(_ tile: Tile, copies: ArraySlice<PlanStep.Destination>) {
    let faults = trace.takeFaults()
    if !faults.isEmpty { findings += ShadowFaults(self, tile).findings(faults) }
    let step = binding.plan.steps[tile.step]
    if step.phase == .finish, let sums = step.sums { map.release(sums, binding) }
    var unwritten: Set<AddressMap.Owner> = []
    for run in tile.writes {
      take(run, step: tile.step) { unwritten.insert($0) }
    }
    for run in tile.reads + tile.writes { trace.forget(run.addresses) }
    for copy in copies {
      map.take(copy, isSum: false, step: tile.step, binding)
      guard !unwritten.isEmpty else { continue }
      for run in declared(copy.region.ranges.map { [$0] }, in: copy.buffer, isSum: false) {
        for address in run.addresses
        where unwritten.contains(run.owner(of: address).element) {
          map.release(from: address, byteCount: 1)
        }
      }
    }
  }

  /// Gives what was written beside the kernels to its elements.
  mutating func take(_ destinations: [PlanStep.Destination], step: Int) {
    for destination in destinations { map.take(destination, isSum: false, step: step, binding) }
  }

  /// Looks whether the network's outputs are where they are taken from.
  mutating func takeOutputs(_ outputs: [[OutputRun]]) {
    for (tensor, runs) in zip(binding.graph.outputs, outputs) {
      var found: [ShadowFinding] = []
      for (buffer, run) in runs.map({ ($0.buffer, $0.run) }) {
        let width = binding.plan.buffers[buffer].element.sizeInBytes
        let start = map.address(of: run, in: buffer, width: width)
        let declared = Declared(
          addresses: start..<start + run.count * width,
          owner: AddressMap.Owner(tensor: tensor, isSum: false, index: run.index), width: width)
        var last: AddressMap.Owner?
        map.compare(declared.addresses, with: declared.owners) { _ in
        } missing: { wrong in
          let element = declared.owner(of: wrong).element
          if element == last { return }
          last = element
          found.count(
            .read(
              element, step: nil, instead: map.occupant(of: wrong, binding.graph), binding.graph))
        }
      }
      findings += found
    }
  }

  /// The runs of a product of coordinates of a buffer.
  private func declared(
    _ coordinates: [[Range<Int>]], in buffer: Int, isSum: Bool
  ) -> [Declared] {
    let (tensor, element) = (
      binding.plan.buffers[buffer].tensor, binding.plan.buffers[buffer].element
    )
    let width = element.sizeInBytes
    var all: [Declared] = []
    binding.runs[buffer].forEach(coordinates) { run in
      let start = map.address(of: run, in: buffer, width: width)
      all.append(
        Declared(
          addresses: start..<start + run.count * width,
          owner: AddressMap.Owner(tensor: tensor, isSum: isSum, index: run.index), width: width))
    }
    return all
  }

  private func declareReads(
    of coordinates: [[Range<Int>]], in buffer: Int, isSum: Bool
  ) -> [Declared] {
    let all = declared(coordinates, in: buffer, isSum: isSum)
    for run in all {
      map.compare(run.addresses, with: run.owners) { addresses in
        for address in addresses { trace.declareRead(address, isThere: true, isSum: isSum) }
      } missing: { address in
        trace.declareRead(address, isThere: false, isSum: isSum)
      }
    }
    return all
  }

  /// Gives what was written of a run to its elements, and calls `unwritten` with the others.
  private mutating func take(
    _ run: Declared, step: Int, unwritten: (AddressMap.Owner) -> Void
  ) {
    let count = run.addresses.count / run.width
    if trace.isWritten(run.addresses) {
      return map.take(
        from: run.addresses.lowerBound, count: count, width: run.width, for: run.owner, step: step)
    }
    for element in 0..<count {
      let first = run.addresses.lowerBound + element * run.width
      let owner = run.owner.advanced(elements: element)
      if trace.isWritten(first..<first + run.width) {
        map.take(from: first, count: 1, width: run.width, for: owner, step: step)
      } else {
        unwritten(owner)
      }
    }
  }
}
