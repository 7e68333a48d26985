import NumPy
import Tensor
import Testing

@Suite struct NPYArrayTests {
  @Test(arguments: NPYGolden.saved)
  func readsAndWritesWhatNumPyWrites(_ golden: NPYGolden) throws {
    let array = try NPYArray(parsing: Bytes(copying: golden.file))
    #expect(array.element == golden.element)
    #expect(array.shape.extents == golden.extents)
    #expect(array.serialized() == golden.file)

    let count = array.shape.count * golden.element.sizeInBytes
    let made = NPYArray(
      element: golden.element, shape: array.shape,
      bytes: Bytes(copying: Array(golden.file.suffix(count))))
    #expect(made == array)
    #expect(made.serialized() == golden.file)
  }

  @Test(arguments: NPYGolden.wide)
  func readsFormats2And3(_ golden: NPYGolden) throws {
    let array = try NPYArray(parsing: Bytes(copying: golden.file))
    #expect(array.element == golden.element)
    #expect(array.shape.extents == golden.extents)
    #expect(array.bytes.elements(of: Int16.self) == [0, 1, 2, 3])
  }

  @Test func leavesTheElementsWhereTheyAre() throws {
    let file = Bytes(copying: NPYGolden.saved[0].file)
    let array = try NPYArray(parsing: file)
    let end = try #require(file.buffer.baseAddress) + file.count
    #expect(array.bytes.buffer.baseAddress == end - 3)
  }

  @Test(arguments: 0..<40)
  func roundTrips(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let element = try #require(
      ElementType.allCases.filter { $0 != .int4 }.randomElement(using: &generator))
    let extents = (0..<Int.random(in: 0...9, using: &generator)).map { _ in
      Int.random(in: 0...12, using: &generator) % 4
    }
    let shape = try #require(Shape(checking: extents))
    let count = shape.count * element.sizeInBytes
    let payload = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let array = NPYArray(element: element, shape: shape, bytes: Bytes(copying: payload))
    let file = array.serialized()
    #expect((file.count - count) % 64 == 0)
    #expect(try NPYArray(parsing: Bytes(copying: file)) == array)
  }

  /// Rank 21 818 is the first for which numpy's `_write_array_header` changes to format 2.0.
  @Test(arguments: [(21_817, 1), (21_818, 2), (30_000, 2)] as [(Int, UInt8)])
  func writesFormat2ForALongHeader(rank: Int, major: UInt8) throws {
    let shape = try #require(Shape(checking: [Int](repeating: 1, count: rank)))
    let array = NPYArray(element: .int8, shape: shape, bytes: Bytes(copying: [Int8(7)]))
    let file = array.serialized()
    #expect(file[6] == major)
    #expect(file.count % 64 == 1)
    #expect(try NPYArray(parsing: Bytes(copying: file)) == array)
  }

  @Test(arguments: NPYGolden.saved + NPYGolden.wide)
  func refusesEveryPrefix(_ golden: NPYGolden) {
    for count in 0..<golden.file.count {
      #expect(throws: NumPyError.self, "first \(count) bytes") {
        try NPYArray(parsing: Bytes(copying: Array(golden.file.prefix(count))))
      }
    }
  }

  @Test(arguments: Damage.blocks)
  func survivesFlippedBits(_ damage: Damage) {
    let golden = NPYGolden.saved[16]
    damage.flippingBits(of: golden.file, Self.readDamaged)
  }

  @Test(arguments: Damage.blocks)
  func survivesReplacedNumbers(_ damage: Damage) {
    damage.replacingNumbers(of: NPYGolden.wide[0].file, Self.readDamaged)
  }

  /// Reads a damaged file, which may be sound by chance.
  private static func readDamaged(_ file: [UInt8]) {
    do {
      let array = try NPYArray(parsing: Bytes(copying: file))
      guard array.bytes.count == array.shape.count * array.element.sizeInBytes else {
        Issue.record("\(array.element)\(array.shape) in \(array.bytes.count) bytes")
        return
      }
    } catch {
      if error.description.isEmpty { Issue.record("no description") }
    }
  }
}
