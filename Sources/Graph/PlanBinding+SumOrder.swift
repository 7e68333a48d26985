internal import Ops
internal import Tensor

extension PlanBinding {
  /// Whether every sum of floats is added in the order in which the whole operator adds it, so that it
  /// is rounded alike.
  ///
  /// Kernels add taps in row-major order of operand 0. So a step keeps the order if all its taps come
  /// after those of the step before it on the same tile of sums; axes that are not summed do not
  /// matter. Sums of which steps share a part alone count as reordered.
  ///
  /// - Complexity: linear in the number of steps, times the tiles of sums that are open at one time.
  public var keepsOrderOfFloatSums: Bool {
    var last: [PlanStep.Destination: Region] = [:]
    for step in plan.steps {
      let node = node(of: step)
      guard let sums = step.sums, node.sumElement == .float32 else { continue }
      let tensor = plan.buffers[sums.buffer].tensor
      let isShared = last.keys.contains { other in
        other != sums && plan.buffers[other.buffer].tensor == tensor
          && !other.region.intersection(sums.region).isEmpty
      }
      if isShared { return false }
      switch step.phase {
      case .start: last[sums] = reduce(of: step)
      case .add:
        let reduce = reduce(of: step)
        let access = node.accesses[outputIndex(of: sums, in: step)]
        guard let before = last[sums], before.precedes(reduce, along: access.isSummed) else {
          return false
        }
        last[sums] = reduce
      case .finish:
        guard last.removeValue(forKey: sums) != nil else { return false }
      case .whole: break
      }
    }
    return true
  }
}

extension Region {
  /// Whether every element of this box comes before every element of `other` in row-major order of the
  /// axes for which `counts`.
  fileprivate func precedes(_ other: Region, along counts: (Int) -> Bool) -> Bool {
    for axis in ranges.indices where counts(axis) {
      let (range, next) = (self[axis], other[axis])
      if range.upperBound <= next.lowerBound { return true }
      if range != next || range.count > 1 { return false }
    }
    return false
  }
}
