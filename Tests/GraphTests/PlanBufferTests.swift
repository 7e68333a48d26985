import Graph
import Tensor
import Testing

@Suite struct PlanBufferTests {
  private static let rows = PlanBuffer(
    name: "rows", tensor: 17, element: .int8, region: Region([0..<1, 2..<25, 0..<5, 0..<64]),
    rings: [1: 3], offset: 2048)

  @Test func aRingStoresItsCapacity() {
    #expect(Self.rows.storedExtents == [1, 3, 5, 64])
    #expect(Self.rows.sizeInBytes == 960)
    #expect(Self.rows.byteRange == 2048..<3008)
    #expect(Self.rows.axes.map(\.stride) == [960, 320, 64, 1])
    #expect(Self.rows.axes.map(\.capacity) == [1, 3, 5, 64])
    #expect(Self.rows.axes.map(\.isRing) == [false, true, false, false])
    #expect(Self.rows.axes[1].offset(7) == 320, "row 7 lies at 7 mod 3")
  }

  @Test func otherAxesStoreTheirRegion() {
    var tile = Self.rows
    tile.rings = [:]
    tile.element = .int32
    #expect(tile.storedExtents == [1, 23, 5, 64])
    #expect(tile.sizeInBytes == 23 * 5 * 64 * 4)
    #expect(tile.axes[1].offset(7) == 5 * 320, "row 7 lies at 7 - 2")
  }

  @Test(arguments: [
    (Region([0..<1, 2..<5, 0..<5, 0..<64]), true), (Region([0..<1, 22..<25, 1..<2, 0..<1]), true),
    (Region([0..<1, 2..<6, 0..<5, 0..<64]), false), (Region([0..<1, 1..<2, 0..<5, 0..<64]), false),
    (Region([0..<1, 24..<26, 0..<5, 0..<64]), false), (Region([0..<1, 2..<5, 0..<5]), false),
  ]) func whatCanBeHeldAtOneTime(_ box: Region, _ isHeld: Bool) {
    #expect(Self.rows.canHold(box) == isHeld)
  }
}
