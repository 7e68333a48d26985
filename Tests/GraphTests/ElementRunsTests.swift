import Graph
import Tensor
import TestSupport
import Testing

@Suite struct ElementRunsTests {
  @Test(arguments: 0..<40 as Range<UInt64>) func runsAreTheElementsOfTheProduct(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let draw = ElementRunsCase(using: &generator)
      var found: [ElementRunsCase.Element] = []
      var isEmpty = false
      ElementRuns(draw.buffer, shape: draw.shape).forEach(draw.coordinates) { run in
        isEmpty = isEmpty || run.count < 1
        for step in 0..<run.count {
          found.append(.init(offset: run.offset + step, index: run.index + step))
        }
      }
      #expect(!isEmpty, "\(draw)")
      #expect(found == draw.elements, "\(draw)")
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>) func boxesAreProducts(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let draw = ElementRunsCase(using: &generator)
      let runs = ElementRuns(draw.buffer, shape: draw.shape)
      var (box, product): ([ElementRun], [ElementRun]) = ([], [])
      runs.forEach(in: draw.buffer.region) { box.append($0) }
      runs.forEach(draw.buffer.region.ranges.map { [$0] }) { product.append($0) }
      #expect(box == product, "\(draw)")
    }
  }

  @Test func aDenseBoxIsOneRun() {
    let whole = Region([0..<2, 0..<3, 0..<4])
    #expect(runs(whole, in: whole) == [ElementRun(offset: 0, index: 0, count: 24)])
    let slab = Region([1..<2, 0..<3, 0..<4])
    #expect(runs(slab, in: whole) == [ElementRun(offset: 12, index: 12, count: 12)])
    let rows = Region([1..<2, 1..<3, 0..<4])
    #expect(runs(rows, in: rows) == [ElementRun(offset: 0, index: 16, count: 8)])
    let columns = Region([0..<1, 0..<2, 1..<3])
    #expect(
      runs(columns, in: whole)
        == [ElementRun(offset: 1, index: 1, count: 2), ElementRun(offset: 5, index: 5, count: 2)])
  }

  @Test func aRingIsCutWhereItWraps() {
    let whole = Region([0..<1, 0..<8, 0..<2])
    let box = Region([0..<1, 2..<5, 0..<2])
    #expect(
      runs(box, in: whole, rings: [1: 3])
        == [ElementRun(offset: 4, index: 4, count: 2), ElementRun(offset: 0, index: 6, count: 4)])
  }

  @Test func aScalarIsOneRun() {
    let scalar = Region([])
    #expect(runs(scalar, in: scalar) == [ElementRun(offset: 0, index: 0, count: 1)])
  }

  /// The runs of a box of a tensor [2,3,4] or [1,8,2].
  private func runs(_ box: Region, in region: Region, rings: [Int: Int] = [:]) -> [ElementRun] {
    let buffer = PlanBuffer(name: "b", tensor: 0, element: .int8, region: region, rings: rings)
    let shape = rings.isEmpty ? (box.rank == 0 ? Shape() : Shape(2, 3, 4)) : Shape(1, 8, 2)
    var runs: [ElementRun] = []
    ElementRuns(buffer, shape: shape).forEach(in: box) { runs.append($0) }
    return runs
  }
}
