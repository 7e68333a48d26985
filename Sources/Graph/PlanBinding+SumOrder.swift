internal import Ops
internal import Tensor

extension PlanBinding {
  /// Whether every sum of floats is added in the order in which the whole operator adds it, so that it
  /// is rounded alike.
  ///
  /// Kernels add taps in row-major order of the summed operand. So a step keeps the order if all its taps come
  /// after those of the step before it on the same tile of sums; axes that are not summed do not
  /// matter. Sums of which steps share a part alone count as reordered.
  ///
  /// - Complexity: linear in the elements of the tiles of sums.
  public var keepsOrderOfFloatSums: Bool {
    var last: [PlanStep.Destination: Region] = [:]
    // By tensor, which elements some tile is summing.
    var open: [Int: [Bool]] = [:]
    for step in plan.steps {
      let node = node(of: step)
      guard let sums = step.sums, node.sumElement == .float32 else { continue }
      let tensor = plan.buffers[sums.buffer].tensor
      switch step.phase {
      case .start:
        if last[sums] == nil {
          let shape = graph.tensors[tensor].type.shape
          if open[tensor] == nil { open[tensor] = [Bool](repeating: false, count: shape.count) }
          if open[tensor]?.contains(true, in: sums.region, of: shape) == true { return false }
          open[tensor]?.set(true, in: sums.region, of: shape)
        }
        last[sums] = reduce(of: step)
      case .add:
        let reduce = reduce(of: step)
        let access = node.accesses[outputIndex(of: sums, in: step)]
        guard let before = last[sums], before.precedes(reduce, along: access.isSummed) else {
          return false
        }
        last[sums] = reduce
      case .finish:
        guard last.removeValue(forKey: sums) != nil else { return false }
        open[tensor]?.set(false, in: sums.region, of: graph.tensors[tensor].type.shape)
      case .whole: break
      }
    }
    return true
  }
}

extension [Bool] {
  /// Whether the elements of a box of a tensor hold `value` anywhere.
  fileprivate func contains(_ value: Bool, in box: Region, of shape: Shape) -> Bool {
    var isFound = false
    box.forEachRow { start in
      let first = shape.index(of: start)
      isFound = isFound || self[first..<first + box.row.count].contains(value)
    }
    return isFound
  }

  /// Sets the elements of a box of a tensor.
  fileprivate mutating func set(_ value: Bool, in box: Region, of shape: Shape) {
    box.forEachRow { start in
      let first = shape.index(of: start)
      for index in first..<first + box.row.count { self[index] = value }
    }
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
