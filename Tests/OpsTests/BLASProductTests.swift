import FloatOracle
import Tensor
import Testing

@Suite struct BLASProductTests {
  /// Rows (1, 2, 3) and (4, 5, 6) times columns (1, 0, -1) and (2, 1, 0).
  @Test func multipliesRowMajorMatrices() {
    let product = BLASProduct()
      .multiply([1, 2, 3, 4, 5, 6], [1, 2, 0, 1, -1, 0], rows: 2, inner: 3, columns: 2)
    #expect(product == [-2, 4, -2, 13])
  }

  /// Sums of products of codes are exact in double precision, in whatever order they are added.
  @Test func isExactOnCodes() {
    var generator = SplitMix64(seed: 1)
    for _ in 0..<50 {
      let (rows, inner, columns) = (
        Int.random(in: 1...20, using: &generator), Int.random(in: 1...200, using: &generator),
        Int.random(in: 1...20, using: &generator)
      )
      let left = (0..<rows * inner).map { _ in Int.random(in: -255...255, using: &generator) }
      let right = (0..<inner * columns).map { _ in Int.random(in: -128...127, using: &generator) }
      let expected = (0..<rows * columns).map { index in
        (0..<inner).reduce(0) {
          $0 + left[index / columns * inner + $1] * right[$1 * columns + index % columns]
        }
      }
      let product = BLASProduct().multiply(
        left.map(Double.init), right.map(Double.init), rows: rows, inner: inner, columns: columns)
      #expect(product == expected.map(Double.init))
    }
  }

  @Test func takesEmptyMatrices() {
    let product = BLASProduct()
    #expect(product.multiply([], [1, 2], rows: 0, inner: 1, columns: 2).isEmpty)
    #expect(product.multiply([1, 2], [], rows: 2, inner: 1, columns: 0).isEmpty)
    #expect(product.multiply([], [], rows: 2, inner: 0, columns: 2) == [0, 0, 0, 0])
  }

  @Test func stopsAtAWrongExtent() async {
    await #expect(processExitsWith: .failure) {
      _ = BLASProduct().multiply([1, 2, 3], [1, 2], rows: 2, inner: 2, columns: 1)
    }
  }
}
