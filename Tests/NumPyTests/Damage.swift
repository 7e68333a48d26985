import Tensor
import Testing

/// A block of seeded ways to damage a file.
struct Damage: CustomTestStringConvertible, Sendable {
  let seed: UInt64
  let count: Int

  var testDescription: String { "seed \(seed), \(count) files" }

  /// 20 000 damaged files in all.
  static let blocks = (0..<8).map { Damage(seed: $0, count: 2_500) }

  /// Copies of `file` with one to three bits flipped.
  func flippingBits(of file: [UInt8], _ body: ([UInt8]) throws -> Void) rethrows {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<count {
      var copy = file
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        copy[Int.random(in: 0..<file.count, using: &generator)] ^=
          1 << UInt8.random(in: 0..<8, using: &generator)
      }
      try body(copy)
    }
  }

  /// Copies of `file` with a number of 2, 4 or 8 bytes replaced by one at the edge of a range.
  func replacingNumbers(of file: [UInt8], _ body: ([UInt8]) throws -> Void) rethrows {
    var generator = SplitMix64(seed: seed)
    let edges: [UInt64] = [
      0, 1, 0x7FFF, 0xFFFE, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFF, 1 << 62,
      UInt64(Int64.max), UInt64(Int64.max) + 1, UInt64.max - 1, UInt64.max, UInt64(file.count),
    ]
    for _ in 0..<count {
      var copy = file
      for _ in 0..<Int.random(in: 1...2, using: &generator) {
        let size = 2 << Int.random(in: 0...2, using: &generator)
        let offset = Int.random(in: 0...file.count - size, using: &generator)
        let edge = edges[Int.random(in: 0..<edges.count, using: &generator)]
        copy.replaceSubrange(offset..<offset + size, with: little(edge, size))
      }
      try body(copy)
    }
  }
}
