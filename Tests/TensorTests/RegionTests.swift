import Tensor
import Testing

/// Boxes against sets of coordinates.
@Suite struct RegionTests {
  private static let box = Region([0..<2, 3..<5])

  @Test func containment() {
    #expect(Self.box.contains(Region([0..<2, 3..<5])))
    #expect(Self.box.contains(Region([1..<2, 4..<5])))
    #expect(Self.box.contains(Region([7..<7, 0..<9])), "an empty box lies in every box")
    #expect(!Self.box.contains(Region([0..<3, 3..<5])))
    #expect(!Self.box.contains(Region([0..<2])), "ranks differ")
    #expect(Self.box.contains([1, 4]))
    #expect(!Self.box.contains([1, 5]))
  }

  @Test func unionIsTheSmallestBoxThatHoldsBoth() {
    #expect(Self.box.union(Region([4..<5, 0..<1])) == Region([0..<5, 0..<5]))
    #expect(Self.box.union(Region([9..<9, 0..<1])) == Self.box)
  }

  @Test func rowsCoverTheBoxInOrder() {
    var starts: [[Int]] = []
    Region([0..<2, 3..<5, 1..<4]).forEachRow { starts.append($0) }
    #expect(starts == [[0, 3, 1], [0, 4, 1], [1, 3, 1], [1, 4, 1]])
    var scalar = 0
    Region([]).forEachRow { _ in scalar += 1 }
    #expect(scalar == 1, "a scalar has one row")
    Region([0..<1, 2..<2]).forEachRow { _ in Issue.record("an empty box has no row") }
  }

  @Test(arguments: 1...30) func slicesPartitionTheBox(limit: Int) {
    let box = Region([0..<1, 2..<9, 0..<3])
    let slices = box.slices(ofAtMost: limit)
    #expect(slices.reduce(0) { $0 + $1.count } == box.count)
    #expect(slices.allSatisfy { $0.count <= max(limit, 3) && box.contains($0) })
    #expect(slices.first?[1].lowerBound == 2 && slices.last?[1].upperBound == 9)
  }

  @Test(
    arguments: [
      ([2, 3], 6), ([], 1), ([0, 5], 0), ([1 << 24, 1 << 24], 1 << 48),
    ] as [([Int], Int)])
  func shapesCount(extents: [Int], count: Int) {
    #expect(Shape(checking: extents)?.count == count)
  }

  @Test(arguments: [[-1], [1 << 25, 1 << 24], [.max, .max], [0, -1]] as [[Int]])
  func refusesWhatIsNoShape(extents: [Int]) {
    #expect(Shape(checking: extents) == nil)
  }

  @Test func ringsWrapAround() {
    let maps = AxisMap.rowMajor(Region([0..<10, 2..<4]), rings: [0: 3])
    #expect((0..<10).map { maps[0].offset($0) } == [0, 2, 4, 0, 2, 4, 0, 2, 4, 0])
    #expect((2..<4).map { maps[1].offset($0) } == [0, 1])
  }
}
