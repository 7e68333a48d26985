internal import Tensor

extension Bytes {
  /// Elements of four bits from pairs of them, the first in the lower half of a byte, one a byte.
  ///
  /// - Precondition: the pairs hold `count` elements.
  init(unpackingInt4 pairs: Bytes, count: Int) {
    self.init(
      copying: (0..<count).map { index in
        let pair = Int8(bitPattern: pairs.buffer[index / 2])
        return (index.isMultiple(of: 2) ? pair << 4 : pair) >> 4
      })
  }

  /// Elements of four bits, one a byte, packed in pairs; a last one alone has 0 beside it.
  var packedInt4: Bytes {
    Bytes(
      copying: stride(from: 0, to: count, by: 2).map { index in
        let high = index + 1 < count ? buffer[index + 1] : 0
        return buffer[index] & 15 | high << 4
      })
  }
}
