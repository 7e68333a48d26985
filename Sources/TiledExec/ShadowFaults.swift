internal import Graph
internal import Ops
internal import Tensor

/// Says what the faults of a tile's kernel mean, while the arena still knows what was there before.
struct ShadowFaults {
  private let binding: PlanBinding
  private let map: AddressMap
  private let tile: ShadowArena.Tile

  init(_ arena: ShadowArena, _ tile: ShadowArena.Tile) {
    binding = arena.binding
    map = arena.map
    self.tile = tile
  }

  private var step: PlanStep { binding.plan.steps[tile.step] }

  /// The findings, one of each kind and tensor, in the order of their first faults.
  func findings(_ faults: [TraceFault]) -> [ShadowFinding] {
    var findings: [ShadowFinding] = []
    for fault in faults { findings.count(finding(fault)) }
    return findings
  }

  private func finding(_ fault: TraceFault) -> ShadowFinding {
    let target = binding.graph.tensors[binding.plan.buffers[tile.target.buffer].tensor]
    switch (fault.act, fault.place) {
    case (.read, .memory(let addresses)):
      return staleRead(addresses)
        ?? .readOutsideOperands(
          step: tile.step, count: 1,
          first: place(addresses.lowerBound, step.inputs.compactMap { $0 } + [step.sums?.buffer]))
    case (.write, .memory(let addresses)):
      return .writeOutsideTile(
        step: tile.step, tensor: target.shortName, count: 1,
        first: place(addresses.lowerBound, [tile.target.buffer]))
    case (_, .scratch(let coordinate)):
      return .unwrittenRead(
        step: tile.step, tensor: target.shortName, isSum: true, count: 1, first: coordinate)
    case (.read, .elsewhere):
      return .readOutsideOperands(step: tile.step, count: 1, first: .elsewhere)
    case (.write, .elsewhere):
      return .writeOutsideTile(
        step: tile.step, tensor: target.shortName, count: 1, first: .elsewhere)
    }
  }

  /// What is wrong with the read of an operand; `nil` if it is the read of none.
  private func staleRead(_ addresses: Range<Int>) -> ShadowFinding? {
    for address in addresses {
      let meant = tile.reads.filter { $0.addresses.contains(address) }.map { $0.owner(of: address) }
      guard let first = meant.first else { continue }
      if let missing = meant.first(where: { $0 != map.owner(at: address) }) {
        return .read(
          missing, step: tile.step, instead: map.occupant(of: address, binding.graph),
          binding.graph)
      }
      // It was there before the step: the kernel's own result has covered it.
      guard let cover = tile.writes.first(where: { $0.addresses.contains(address) }) else {
        continue
      }
      let instead = Occupant(cover.owner(of: address), writtenBy: tile.step, binding.graph)
      return .read(first, step: tile.step, instead: instead, binding.graph)
    }
    return nil
  }

  /// An address, as one of some buffers of the step has it.
  private func place(_ address: Int, _ buffers: [Int?]) -> TouchedPlace {
    let buffer = buffers.compactMap { $0 }.first { index in
      let start = map.starts[index]
      return (start..<start + binding.plan.buffers[index].sizeInBytes).contains(address)
    }
    return TouchedPlace(
      address: address, buffer: buffer.map { binding.plan.buffers[$0].name },
      coordinate: buffer.flatMap { coordinate(of: address, in: $0) },
      occupant: map.occupant(of: address, binding.graph))
  }

  private func coordinate(of address: Int, in index: Int) -> [Int]? {
    let buffer = binding.plan.buffers[index]
    guard buffer.rings.isEmpty else { return nil }
    let element = (address - map.starts[index]) / buffer.element.sizeInBytes
    let inner = Shape(checking: buffer.region.extents)?.coordinate(at: element)
    return inner.map { zip(buffer.region.ranges, $0).map { $0.lowerBound + $1 } }
  }
}

extension TouchedPlace {
  /// A place in no memory of the run.
  static let elsewhere = TouchedPlace(
    address: nil, buffer: nil, coordinate: nil, occupant: .nothing)
}
