import Tensor
import Testing
import Verify

@Suite struct FloatDifferenceTests {
  private func relative(_ found: [Float], _ expected: [Float]) -> Double {
    FloatDifference.relative(Bytes(copying: found), Bytes(copying: expected), .float32)
  }

  /// 0.5 off, where the largest number is 4.
  @Test func isRelativeToTheLargest() {
    #expect(relative([1.5, -4], [1, -4]) == 0.125)
    #expect(relative([1, 2], [1, 2]) == 0)
  }

  /// An infinity that both have says nothing of the size of the others.
  @Test func infinitiesHideNothing() {
    #expect(relative([.infinity, 1], [.infinity, 2]) == 0.5)
    #expect(relative([.infinity, 1], [3, 1]) == .infinity)
    #expect(relative([-.infinity, 1], [.infinity, 1]) == .infinity)
    #expect(relative([.nan, 1], [.nan, 1]) == 0)
    #expect(relative([.nan, 1], [0, 1]) == .infinity)
  }

  @Test func zeroesDifferInBytesAlone() {
    #expect(relative([-0.0, 1], [0, 1]) == 0)
    #expect(relative([1], [0]) == .infinity)
  }

  @Test func codesAreNoFloats() {
    let (one, two) = (Bytes(copying: [1] as [Int8]), Bytes(copying: [2] as [Int8]))
    #expect(FloatDifference.relative(one, two, .int8) == .infinity)
    #expect(FloatDifference.relative(one, one, .int8) == 0)
  }
}
