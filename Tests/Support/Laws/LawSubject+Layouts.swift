internal import Ops
internal import Tensor

extension LawSubject {
  /// How much of an operand is there to be read; the rest of its storage is garbage.
  enum Given {
    /// The bounding box of what a tile reads; constants whole.
    case bounds
    /// The coordinates that a tile reads, of constants as well.
    case coordinates
  }

  /// Operands in random layouts that hold what `region` reads.
  ///
  /// Constants are stored whole, as in a plan; any other operand whole, or just the box that it is
  /// read from, or that box in rings.
  func scatteredOperands(
    for region: Region, reduce: Region? = nil, giving given: Given,
    using generator: inout SplitMix64
  ) -> [GuardedStorage?] {
    signature.inputs.indices.map { index in
      guard let operand = signature.inputs[index], let value = values[index] else { return nil }
      let whole = Region(whole: operand.type.shape)
      let taps = index == 0 ? reduce : nil
      let bounds = access.bounds(of: index, for: region)
      let box = taps.map { bounds.intersection($0) } ?? bounds
      var stored = whole
      var rings: [Int: Int] = [:]
      if operand.constant == nil {
        if Bool.random(using: &generator) { stored = box }
        rings = Self.randomRings(holding: box, in: whole, using: &generator)
      }
      let storage = GuardedStorage(
        operand.type.element, shape: operand.type.shape, region: stored, rings: rings,
        isConstant: operand.constant != nil, on: machine)
      storage.poison(using: &generator)
      switch given {
      case .bounds: storage.write(value, in: operand.constant == nil ? box : whole)
      case .coordinates:
        for part in Self.boxes(access.coordinates(of: index, for: region, reduce: taps)) {
          storage.write(value, in: part)
        }
      }
      return storage
    }
  }

  /// Storage for a tile of the output: as large as the tile, or larger, or with rings.
  func scatteredOutput(
    for region: Region, using generator: inout SplitMix64
  ) -> GuardedStorage {
    let stored =
      Bool.random(using: &generator)
      ? region : region.randomSuperset(in: whole, using: &generator)
    let storage = outputStorage(
      of: stored, rings: Self.randomRings(holding: region, in: whole, using: &generator))
    storage.poison(using: &generator)
    return storage
  }

  /// Random rings, mostly none, that are large enough for `box`.
  private static func randomRings(
    holding box: Region, in whole: Region, using generator: inout SplitMix64
  ) -> [Int: Int] {
    guard !box.isEmpty, Int.random(in: 0..<3, using: &generator) == 0 else { return [:] }
    var rings: [Int: Int] = [:]
    for axis in 0..<box.rank where Bool.random(using: &generator) {
      rings[axis] = Int.random(in: box[axis].count...whole[axis].count, using: &generator)
    }
    return rings
  }

  /// The boxes that make up a product of ranges.
  private static func boxes(_ coordinates: [[Range<Int>]]) -> [Region] {
    coordinates.reduce([Region([])]) { boxes, ranges in
      boxes.flatMap { box in ranges.map { Region(box.ranges + [$0]) } }
    }
  }
}
