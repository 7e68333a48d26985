internal import Ops
internal import Tensor

extension PlanBinding {
  /// Whether every sum of floats is added in the order in which the whole operator adds it, so that it
  /// is rounded alike.
  ///
  /// Kernels add taps in row-major order of operand 0. So a step keeps the order if all its taps come
  /// after those of the step before it on the same tile of sums. Sums that steps share otherwise count
  /// as reordered.
  ///
  /// - Complexity: linear in the number of steps.
  public var keepsOrderOfFloatSums: Bool {
    var last: [PlanStep.Destination: Region] = [:]
    for step in plan.steps {
      guard let sums = step.sums, node(of: step).sumElement == .float32 else { continue }
      switch step.phase {
      case .start: last[sums] = reduce(of: step)
      case .add:
        let reduce = reduce(of: step)
        guard let before = last[sums], before.precedes(reduce) else { return false }
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
  /// Whether every element of this box comes before every element of `other` in row-major order.
  fileprivate func precedes(_ other: Region) -> Bool {
    for (range, next) in zip(ranges, other.ranges) {
      if range.upperBound <= next.lowerBound { return true }
      if range != next || range.count > 1 { return false }
    }
    return false
  }
}
