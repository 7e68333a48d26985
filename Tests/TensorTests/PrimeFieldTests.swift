import Tensor
import Testing

/// The field against arithmetic on 128-bit integers.
@Suite struct PrimeFieldTests {
  static let edges: [UInt64] = [0, 1, 2, 1 << 60, PrimeField.prime - 2, PrimeField.prime - 1]

  @Test func agreesWithWideArithmetic() {
    var generator = SplitMix64(seed: 61)
    let random = (0..<200).map { _ in UInt64.random(in: 0..<PrimeField.prime, using: &generator) }
    let prime = UInt128(PrimeField.prime)
    for a in Self.edges + random {
      for b in Self.edges + random {
        #expect(UInt128(PrimeField.add(a, b)) == (UInt128(a) + UInt128(b)) % prime)
        #expect(UInt128(PrimeField.multiply(a, b)) == UInt128(a) * UInt128(b) % prime)
      }
    }
  }

  @Test(arguments: [0, 1, PrimeField.prime - 1, PrimeField.prime, PrimeField.prime + 1, .max])
  func takesAnyWordIntoTheField(word: UInt64) {
    #expect(PrimeField.element(word) == word % PrimeField.prime)
  }

  @Test(arguments: [0, 1, -1, .max, .min, -(1 << 61), 1 << 61 - 1] as [Int64])
  func takesAnyIntegerIntoTheField(integer: Int64) {
    let prime = Int128(PrimeField.prime)
    let expected = (Int128(integer) % prime + prime) % prime
    #expect(Int128(PrimeField.element(integer)) == expected)
  }
}
