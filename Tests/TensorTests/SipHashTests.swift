import Tensor
import Testing

/// The reference vectors of Aumasson and Bernstein: key bytes 0...15, message bytes 0, 1, 2, ...
@Suite struct SipHashTests {
  @Test(
    arguments: [
      (0, 0x726f_db47_dd0e_0e31), (1, 0x93f5_f579_9a93_2462), (2, 0x3f2a_cc7f_57c2_9bdb),
    ] as [(Int, UInt64)])
  func isSipHash24(words: Int, value: UInt64) {
    var hash = SipHash(key0: 0x0706_0504_0302_0100, key1: 0x0f0e_0d0c_0b0a_0908)
    for word in 0..<words { hash.add(0x0706_0504_0302_0100 + UInt64(word) * 0x0808_0808_0808_0808) }
    #expect(hash.value == value)
  }
}
