internal import Fuzz
internal import Ops
internal import Tensor

extension OperatorLaws {
  /// The taps of random tiles, added box by box in random order, then finished into another place
  /// and on the sums themselves; sums of floats in the kernel's order.
  func partialSums(_ subject: LawSubject, _ generator: inout SplitMix64) -> [LawViolation] {
    guard let kernel = subject.kernel as? any SummingKernel else { return [] }
    let whole = subject.wholeResult()
    let tiles = subject.whole.randomPartition(
      pieces: 2, using: &generator, mayCut: subject.access.mayCut)
    // A box may also cut an axis that is not summed: then just some of the sums grow.
    let cutsAll = Int.random(in: 0..<4, using: &generator) == 0
    return tiles.compactMap { tile in
      let boxes =
        subject.keepsOrder
        ? subject.boxesInOrder(using: &generator)
        : subject.allTaps.randomPartition(pieces: 3, using: &generator) {
          cutsAll || subject.access.isSummed($0)
        }
      let sums = subject.sumStorage(of: tile, kernel)
      sums.poison(using: &generator)
      for (index, box) in boxes.enumerated() {
        let operands = subject.scatteredOperands(
          for: tile, reduce: box, giving: .coordinates, using: &generator)
        withExtendedLifetime((operands, sums)) {
          kernel.accumulate(
            subject.call(tile, operands, reduce: box), into: sums.view, fresh: index == 0,
            on: subject.machine)
        }
      }
      let isInPlace = Bool.random(using: &generator)
      return difference(
        .partialSums, subject, tile, expected: whole.bytes(of: tile),
        found: isInPlace
          ? subject.finishInPlace(sums, tile, kernel)
          : subject.finish(
            sums, tile, kernel, into: subject.scatteredOutput(for: tile, using: &generator)),
        " summed over \(boxes)\(isInPlace ? " and finished in place" : "")")
    }
  }
}

extension LawSubject {
  /// Whether another order of terms is another sum.
  fileprivate var keepsOrder: Bool { machine == .numbers && type.element == .float32 }

  /// Boxes of taps, one after the other in the order in which every kernel takes them: cut along the
  /// outermost axis that is summed.
  fileprivate func boxesInOrder(using generator: inout SplitMix64) -> [Region] {
    let outermost = allTaps.ranges.indices.first {
      access.isSummed($0) && allTaps[$0].count > 1
    }
    return allTaps.randomPartition(pieces: 3, using: &generator) { $0 == outermost }
      .sorted { box, next in
        outermost.map { box[$0].lowerBound < next[$0].lowerBound } ?? false
      }
  }

  fileprivate func finish(
    _ sums: GuardedStorage, _ tile: Region, _ kernel: any SummingKernel,
    into output: GuardedStorage
  ) -> [UInt8] {
    withExtendedLifetime((sums, output)) {
      kernel.finish(call(tile, []), sums: sums.view, into: output.view, on: machine)
    }
    return output.bytes(of: tile)
  }

  /// Finishes a tile onto the first bytes of its sums, where result `i` covers no sum after `i`.
  fileprivate func finishInPlace(
    _ sums: GuardedStorage, _ tile: Region, _ kernel: any SummingKernel
  ) -> [UInt8] {
    withExtendedLifetime(sums) {
      let cells = Cells(
        base: sums.view.cells.base, element: type.element, isConstant: false)
      kernel.finish(
        call(tile, []), sums: sums.view,
        into: TensorView(cells: cells, region: tile, axes: AxisMap.rowMajor(tile)), on: machine)
      return Array(
        UnsafeRawBufferPointer(
          start: cells.base, count: tile.count * cells.width * machine.cellSizeInBytes))
    }
  }
}
