import Ops
import Tensor
import TestSupport
import Testing

@Suite struct LastReadsTests {
  private static let families = Catalog.operators.filter { family in
    var generator = SplitMix64(seed: 0)
    let example = family.random(using: &generator)
    return example.operation.inPlace(example.signature, operand: 0, output: 0) == .inOrder
  }

  @Test func convolutionsAndPoolsAreAmongThem() {
    let names = Set(Self.families.flatMap { $0.builtins.map(\.name) })
    #expect(names.isSuperset(of: ["ADD", "CONV_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D"]))
    #expect(names.isDisjoint(with: ["SOFTMAX", "RESHAPE", "CONCATENATION", "TRANSPOSE"]))
  }

  /// Every operator whose results are made in order, against a search of its taps.
  @Test(arguments: families.indices) func agreesWithTheTaps(_ family: Int) {
    var generator = SplitMix64(seed: UInt64(family))
    for _ in 0..<30 {
      let example = Self.families[family].random(using: &generator)
      let signature = example.signature
      let access = example.operation.access(signature, output: 0)
      let tile = Region(whole: signature.outputs[0].shape).randomPart(using: &generator)
      for (operand, input) in signature.inputs.enumerated() {
        guard let type = input?.type, input?.constant == nil else { continue }
        let reads = LastReads(access, operand: operand, tile: tile)
        let found = Self.lastReaders(of: operand, in: type.shape, access, tile)
        for index in 0..<type.shape.count {
          #expect(reads.result(at: type.shape.coordinate(at: index)) == found[index])
        }
        let distance = reads.distance(
          operand: AxisMap.rowMajor(Region(whole: type.shape)), width: 3,
          result: AxisMap.rowMajor(tile), width: 2)
        #expect(distance == Self.distance(found, in: tile, operandWidth: 3, resultWidth: 2))
      }
    }
  }

  /// By element of an operand, the last result that reads it.
  private static func lastReaders(
    of operand: Int, in shape: Shape, _ access: Access, _ tile: Region
  ) -> [[Int]?] {
    var last = [[Int]?](repeating: nil, count: shape.count)
    for result in elements(of: tile) {
      let one = Region(result.map { $0..<$0 + 1 })
      let coordinates = access.coordinates(of: operand, for: one).map { Array($0.joined()) }
      let read = coordinates.reduce([[]]) { all, axis in
        all.flatMap { one in axis.map { one + [$0] } }
      }
      for element in read { last[shape.index(of: element)] = result }
    }
    return last
  }

  /// The least distance at which no element starts before the result that reads it last does.
  private static func distance(
    _ last: [[Int]?], in tile: Region, operandWidth: Int, resultWidth: Int
  ) -> Int? {
    let results = elements(of: tile)
    let differences = last.enumerated().compactMap { index, result -> Int? in
      guard let result, let place = results.firstIndex(of: result) else { return nil }
      return place * resultWidth - index * operandWidth
    }
    return differences.max()
  }

  private static func elements(of region: Region) -> [[Int]] {
    region.ranges.reduce([[]]) { all, range in all.flatMap { one in range.map { one + [$0] } } }
  }

  /// A 3 x 3 window that moves over 5 x 4 pixels of 2 channels: pixel (y, x) is read last at (y + 1, x + 1),
  /// 5 pixels and a channel later.
  @Test func ofAConvolution() {
    let access = Access(
      [
        [
          .window(axis: 0), .window(axis: 1, size: 3, offset: -1),
          .window(axis: 2, size: 3, offset: -1), .reduced,
        ]
      ],
      signature: Signature(
        inputs: [Operand(TensorType(.int8, Shape(1, 5, 4, 2)))],
        outputs: [TensorType(.int8, Shape(1, 5, 4, 2))]))
    let whole = Region([0..<1, 0..<5, 0..<4, 0..<2])
    let reads = LastReads(access, operand: 0, tile: whole)
    #expect(reads.result(at: [0, 1, 1, 0]) == [0, 2, 2, 1])
    #expect(reads.result(at: [0, 4, 3, 0]) == [0, 4, 3, 1])
    let map = AxisMap.rowMajor(whole)
    #expect(reads.distance(operand: map, width: 1, result: map, width: 1) == 5 * 2 + 1)
  }
}
