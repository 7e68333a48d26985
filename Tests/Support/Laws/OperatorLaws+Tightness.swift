internal import Ops
internal import Tensor

extension OperatorLaws {
  /// Coordinates of an operand that share their place on one axis.
  private struct Slab: Hashable {
    let operand: Int
    let axis: Int
    let coordinate: Int
  }

  /// Changes a slab of an operand at a time, for axes that follow the output: those on the faces of
  /// the bounds, and one in between that `access` says is read.
  ///
  /// Rounding and clamping hide changes of numbers; an operand of a tiny scale may not matter at
  /// all. So numbers are looked at as sums, before they are finished; what does not sum shows every
  /// change in the field. Most of a state is moved alone, and reads less than what is new in it.
  func tightness(_ subject: LawSubject, _ generator: inout SplitMix64) -> [LawViolation] {
    if subject.machine == .numbers && !(subject.kernel is any SummingKernel) { return [] }
    let states = type(of: subject.example.operation).stateOperands.count
    if subject.output >= subject.signature.outputs.count - states { return [] }
    var found: [LawViolation] = []
    for tile in [subject.whole, subject.whole.randomPart(using: &generator)] {
      let slabs = slabs(of: subject, tile, &generator)
      for slab in idle(slabs, subject, tile, &generator) {
        found.append(
          violation(
            .tightness,
            "tile \(tile) on \(subject.machine) is said to read coordinate \(slab.coordinate) on "
              + "axis \(slab.axis) of operand \(slab.operand), but no change there changed it"))
      }
    }
    return found
  }

  private func slabs(
    of subject: LawSubject, _ tile: Region, _ generator: inout SplitMix64
  ) -> [Slab] {
    var slabs: [Slab] = []
    for operand in subject.activations {
      let coordinates = subject.access.coordinates(of: operand, for: tile)
      // A tile may see padding alone.
      guard coordinates.allSatisfy({ !$0.isEmpty }) else { continue }
      // Of a block that is read as one, not every coordinate matters to each result.
      if subject.access.operands[operand].contains(where: \.isBlock) { continue }
      let bounds = subject.access.bounds(of: operand, for: tile)
      for (axis, access) in subject.access.operands[operand].enumerated()
      where access.outputAxis != nil {
        let inside = coordinates[axis].randomElement(using: &generator) ?? bounds[axis]
        let coordinates: Set = [
          bounds[axis].lowerBound, bounds[axis].upperBound - 1,
          Int.random(in: inside, using: &generator),
        ]
        slabs += coordinates.sorted().map { Slab(operand: operand, axis: axis, coordinate: $0) }
      }
    }
    return slabs
  }

  /// The slabs of which no change was seen to matter.
  private func idle(
    _ slabs: [Slab], _ subject: LawSubject, _ tile: Region, _ generator: inout SplitMix64
  ) -> [Slab] {
    var idle = slabs
    // A change may be none by accident, or come to 0 in the sum.
    for _ in 0..<60 where !idle.isEmpty {
      let fresh = LawSubject(
        subject.example.randomizingConstants(using: &generator), profile: .tflm,
        on: subject.machine, output: subject.output, contents: .varied(using: &generator),
        using: &generator)
      let operands = fresh.wholeOperands()
      let result = fresh.unroundedResult(of: tile, from: operands)
      let others = LawSubject(
        fresh.example, profile: .tflm, on: subject.machine, output: subject.output,
        contents: .varied(using: &generator), using: &generator
      ).values
      idle.removeAll { slab in
        guard let storage = operands[slab.operand], let value = fresh.values[slab.operand],
          let other = others[slab.operand]
        else { return false }
        var box = Region(whole: storage.shape)
        box[slab.axis] = slab.coordinate..<slab.coordinate + 1
        storage.write(other, in: box)
        let changed = fresh.unroundedResult(of: tile, from: operands)
        storage.write(value, in: box)
        return changed != result
      }
    }
    return idle
  }
}

extension AxisAccess {
  /// Whether several coordinates are read as one.
  fileprivate var isBlock: Bool {
    switch self {
    case .scaled(_, _, let size), .mapped(_, .blocks(let size, _, _, _)): size > 1
    case .window, .transposed, .mapped, .fixed, .reduced, .whole: false
    }
  }
}

extension LawSubject {
  /// The sums of `tile` where the kernel sums, else its results.
  fileprivate func unroundedResult(
    of tile: Region, from operands: [GuardedStorage?]
  ) -> [UInt8] {
    guard let kernel = kernel as? any SummingKernel else {
      return result(of: tile, from: operands)
    }
    let sums = sumStorage(of: tile, kernel)
    withExtendedLifetime((operands, sums)) {
      kernel.accumulate(call(tile, operands), into: sums.view, fresh: true, on: machine)
    }
    return sums.bytes(of: tile)
  }
}

extension Example {
  /// The example with other constants, none 0, where they are codes of one byte.
  fileprivate func randomizingConstants(using generator: inout SplitMix64) -> Example {
    var example = self
    for (index, operand) in signature.inputs.enumerated() {
      guard let operand, let constant = operand.constant, operand.type.element.sizeInBytes == 1
      else { continue }
      let bytes = (0..<constant.count).map { _ in UInt8.random(in: 1...255, using: &generator) }
      example.signature.inputs[index]?.constant = Bytes(copying: bytes)
    }
    return example
  }
}
