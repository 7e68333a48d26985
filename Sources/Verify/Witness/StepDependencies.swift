internal import Graph
internal import Ops
internal import TiledExec
internal import Tensor

/// Which steps of a plan made what its steps read.
struct StepDependencies {
  /// The steps whose results an operand is read from.
  struct Read {
    /// The steps, those that left something else there included.
    var writers: Set<Int> = []
    /// Whether every byte is the one that is meant.
    var isSound = true
  }

  /// By step, then by operand.
  private(set) var operands: [[Read]] = []
  /// By step: the steps whose sums it goes on with.
  private(set) var sums: [Set<Int>] = []

  private let binding: PlanBinding
  private var map: AddressMap

  /// Follows the steps over a map from byte to owner.
  ///
  /// - Precondition: an executor accepts the plan.
  /// - Complexity: linear in the bytes that the steps read and write.
  init(_ binding: PlanBinding) {
    self.binding = binding
    map = AddressMap(binding)
    for (index, buffer) in binding.plan.buffers.enumerated()
    where binding.graph.inputs.contains(buffer.tensor) {
      map.take(
        PlanStep.Destination(buffer: index, region: buffer.region), isSum: false, step: -1, binding)
    }
    for index in binding.plan.steps.indices { take(index) }
  }

  private mutating func take(_ index: Int) {
    let step = binding.plan.steps[index]
    var reads = [Read](repeating: Read(), count: step.inputs.count)
    for (operand, buffer) in step.inputs.enumerated() {
      guard let buffer else { continue }
      for tile in binding.tiles(of: step) {
        let coordinates = binding.node(of: step).accesses[tile.output].coordinates(
          of: operand, for: tile.region, reduce: binding.reduce(of: step))
        read(buffer, coordinates, isSum: false, into: &reads[operand])
      }
    }
    var sums = Read()
    if let target = step.sums {
      if step.phase != .start {
        read(target.buffer, target.region.ranges.map { [$0] }, isSum: true, into: &sums)
      }
      if step.phase == .finish {
        map.release(target, binding)
      } else {
        map.take(target, isSum: true, step: index, binding)
      }
    }
    for destination in step.outputs {
      map.take(destination, isSum: false, step: index, binding)
    }
    operands.append(reads)
    self.sums.append(sums.writers)
  }

  private mutating func read(
    _ buffer: Int, _ coordinates: [[Range<Int>]], isSum: Bool, into read: inout Read
  ) {
    let (tensor, width) = (
      binding.plan.buffers[buffer].tensor, binding.plan.buffers[buffer].element.sizeInBytes
    )
    binding.runs[buffer].forEach(coordinates) { run in
      let start = map.address(of: run, in: buffer, width: width)
      let addresses = start..<start + run.count * width
      let owner = AddressMap.Owner(tensor: tensor, isSum: isSum, index: run.index)
      map.compare(addresses, with: OwnerRun(owner, width: width)) { _ in
      } missing: { _ in
        read.isSound = false
      }
      map.forEachWriter(of: addresses) { read.writers.insert($0) }
    }
  }
}
