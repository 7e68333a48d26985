internal import Graph
internal import Tensor

/// Finds all places of a plan where a mistake of some class can be made.
struct FaultPlaces {
  private let plan: Plan
  private let binding: PlanBinding
  private let lifespans: BufferLifespans

  init(_ binding: PlanBinding) {
    self.binding = binding
    plan = binding.plan
    lifespans = BufferLifespans(binding.plan, binding.graph)
  }

  /// All edits of a class, in the order of buffers and steps.
  func edits(of faultClass: FaultClass) -> [PlanEdit] {
    switch faultClass {
    case .haloShort: shortTiles + shortReductions + shortBuffers
    case .tileMissing: plan.steps.indices.map { .drop(step: $0) }
    case .sumLost: adds.map { .drop(step: $0) }
    case .sumDoubled: doubledSums
    case .biasTwice: repeatedFinishes
    case .finishedEarly:
      finishes.flatMap { finish in
        addsBefore(finish).map { .move(step: finish, before: $0) }
      }
    case .ringShort: shortRings
    case .offsetShifted: shiftedOffsets
    case .freedEarly: reusedAddresses
    }
  }

  // MARK: Regions

  /// A region, one coordinate shorter at either end of any axis; never empty.
  private func shortened(_ region: Region) -> [Region] {
    region.ranges.indices.filter { region[$0].count > 1 }.flatMap { axis in
      let (low, high) = (region[axis].lowerBound, region[axis].upperBound)
      return [low + 1..<high, low..<high - 1].map { range in
        var region = region
        region[axis] = range
        return region
      }
    }
  }

  private var shortTiles: [PlanEdit] {
    plan.steps.indices.flatMap { step in
      binding.tiles(of: plan.steps[step]).flatMap { tile in
        let tensor = binding.node(of: plan.steps[step]).outputs[tile.output]
        return shortened(tile.region).map {
          PlanEdit.setTile(step: step, tensor: tensor, $0)
        }
      }
    }
  }

  private var shortReductions: [PlanEdit] {
    plan.steps.indices.filter { [.start, .add].contains(plan.steps[$0].phase) }.flatMap { step in
      shortened(binding.reduce(of: plan.steps[step])).map { .setReduce(step: step, $0) }
    }
  }

  private var shortBuffers: [PlanEdit] {
    plan.buffers.indices.flatMap { buffer in
      shortened(plan.buffers[buffer].region).filter { region in
        plan.buffers[buffer].rings.allSatisfy { region[$0.key].count >= $0.value }
      }.map { .cutBuffer(buffer, $0) }
    }
  }

  // MARK: Sums

  private func steps(in phase: PlanStep.Phase) -> [Int] {
    plan.steps.indices.filter { plan.steps[$0].phase == phase }
  }

  private var adds: [Int] { steps(in: .add) }
  private var finishes: [Int] { steps(in: .finish) }

  /// The steps that add to the sums that `finish` takes away, but for the one that starts them.
  private func addsBefore(_ finish: Int) -> [Int] {
    var found: [Int] = []
    for index in (0..<finish).reversed()
    where plan.steps[index].sums?.buffer == plan.steps[finish].sums?.buffer {
      guard plan.steps[index].phase == .add else { break }
      found.append(index)
    }
    return found.reversed()
  }

  /// Each `add` once more, at once and right before its sums are finished.
  private var doubledSums: [PlanEdit] {
    let atOnce = adds.map { PlanEdit.duplicate(step: $0, before: $0 + 1) }
    let atTheEnd = finishes.flatMap { finish -> [PlanEdit] in
      addsBefore(finish).filter { $0 + 1 < finish }.map { .duplicate(step: $0, before: finish) }
    }
    return atOnce + atTheEnd
  }

  /// Each `finish` once more: at once, a step later, at the end, and before each `add`.
  private var repeatedFinishes: [PlanEdit] {
    finishes.flatMap { finish -> [PlanEdit] in
      let later = Set([finish + 1, min(finish + 2, plan.steps.count), plan.steps.count]).sorted()
      return (addsBefore(finish) + later).map { .duplicate(step: finish, before: $0) }
    }
  }

  // MARK: Addresses

  /// Rings, and whole axes as rings, with room for one coordinate less.
  private var shortRings: [PlanEdit] {
    plan.buffers.indices.flatMap { index in
      let buffer = plan.buffers[index]
      return buffer.region.ranges.indices.compactMap { axis -> PlanEdit? in
        if let capacity = buffer.rings[axis] {
          return .setCapacity(buffer: index, axis: axis, capacity - 1)
        }
        guard buffer.region[axis].count > 1 else { return nil }
        return .setCapacity(buffer: index, axis: axis, buffer.region[axis].count - 1)
      }
    }
  }

  private var arenaBuffers: [Int] {
    plan.buffers.indices.filter { plan.buffers[$0].memory == .arena }
  }

  private var shiftedOffsets: [PlanEdit] {
    arenaBuffers.flatMap { index -> [PlanEdit] in
      let offset = plan.buffers[index].offset
      let neighbours = arenaBuffers.filter { $0 != index && lifespans.overlap(index, $0) }
        .map { plan.buffers[$0].offset }
      let places: [Int?] = [
        offset - plan.alignment, offset + plan.alignment, neighbours.filter { $0 < offset }.max(),
        neighbours.filter { $0 > offset }.min(),
      ]
      return Set(places.compactMap { $0 }).sorted().map { .setOffset(buffer: index, $0) }
    }
  }

  private var reusedAddresses: [PlanEdit] {
    arenaBuffers.flatMap { index -> [PlanEdit] in
      let places = arenaBuffers.filter {
        $0 != index && lifespans.isLive($0, whenFirstWritten: index)
      }.map { plan.buffers[$0].offset }
      return Set(places).subtracting([plan.buffers[index].offset]).sorted().map {
        .setOffset(buffer: index, $0)
      }
    }
  }
}
