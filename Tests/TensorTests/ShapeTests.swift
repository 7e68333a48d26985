import Tensor
import Testing

@Suite struct ShapeTests {
  /// An empty tensor has strides as well, and they have to fit.
  @Test func refusesWhatOverflows() {
    let large = 1 << 31 - 1
    #expect(Shape(checking: [0, large, large, large]) == nil)
    #expect(Shape(checking: [large, large]) == nil)
    #expect(Shape(checking: [1, -1]) == nil)
    #expect(Shape(checking: [1 << 24, 1 << 24])?.count == 1 << 48)
  }

  @Test func countsElements() {
    #expect(Shape(checking: [2, 0, 3])?.count == 0)
    #expect(Shape(checking: [])?.count == 1)
    #expect(Shape(2, 3, 4).strides == [12, 4, 1])
  }
}
