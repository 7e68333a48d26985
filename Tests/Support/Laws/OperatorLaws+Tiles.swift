internal import Fuzz
internal import Ops
internal import Tensor

extension OperatorLaws {
  /// Partitions of the axes that may be cut, and single boxes that cut any axis.
  func tileIsSlice(_ subject: LawSubject, _ generator: inout SplitMix64) -> [LawViolation] {
    let whole = subject.wholeResult()
    var tiles = subject.whole.randomPartition(
      pieces: 4, using: &generator, mayCut: subject.access.mayCut)
    if tiles.reduce(0, { $0 + $1.count }) != subject.whole.count {
      return [violation(.tileIsSlice, "the law itself is wrong: tiles do not partition the whole")]
    }
    tiles += (0..<4).map { _ in subject.whole.randomPart(using: &generator) }
    return tiles.compactMap { tile in
      let operands = subject.scatteredOperands(for: tile, giving: .bounds, using: &generator)
      let output = subject.scatteredOutput(for: tile, using: &generator)
      subject.compute(tile, from: operands, into: output)
      return difference(
        .tileIsSlice, subject, tile, expected: whole.bytes(of: tile), found: output.bytes(of: tile))
    }
  }

  /// All but what `access` states is garbage, of constants as well.
  func poison(_ subject: LawSubject, _ generator: inout SplitMix64) -> [LawViolation] {
    let whole = subject.wholeResult()
    let element = Region(
      subject.type.shape.extents.map { extent in
        let coordinate = Int.random(in: 0..<extent, using: &generator)
        return coordinate..<coordinate + 1
      })
    let tiles =
      [subject.whole, element]
      + (0..<4).map { _ in subject.whole.randomPart(using: &generator) }
    return tiles.compactMap { tile in
      let operands = subject.scatteredOperands(for: tile, giving: .coordinates, using: &generator)
      return difference(
        .poison, subject, tile, expected: whole.bytes(of: tile),
        found: subject.result(of: tile, from: operands))
    }
  }

  /// The first element in which a tile is not what it should be.
  func difference(
    _ law: OperatorLaw, _ subject: LawSubject, _ tile: Region, expected: [UInt8], found: [UInt8],
    _ circumstances: String = ""
  ) -> LawViolation? {
    guard let byte = zip(expected, found).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
      return nil
    }
    let width = subject.type.element.sizeInBytes * subject.machine.cellSizeInBytes
    let place = (Shape(checking: tile.extents) ?? Shape(1)).coordinate(at: byte / width)
    let coordinate = zip(tile.ranges, place).map { $0.lowerBound + $1 }
    let element = byte / width * width..<byte / width * width + width
    return violation(
      law,
      "tile \(tile)\(circumstances) on \(subject.machine) has bytes \(Array(found[element])) "
        + "at \(coordinate), the whole has \(Array(expected[element]))")
  }
}
