import Tensor
import Testing

/// Functions of 16 bits against all values of the reference implementations, by a sum that knows the order.
@Suite struct SixteenBitFunctionTests {
  private func digest(_ function: (Int16) -> Int16) -> UInt64 {
    (Int16.min...Int16.max).reduce(0) { sum, x in
      sum &* 31 &+ UInt64(bitPattern: Int64(function(x)))
    }
  }

  @Test func logisticInFixedPoint() {
    #expect(
      [0, 1, -1, 4096, -4096].map(FixedPoint16.logistic) == [16384, 16384, 16383, 23952, 8815])
    #expect(digest(FixedPoint16.logistic) == 0x8280_22fb_501f_cb74)
  }

  @Test(
    arguments: zip(
      0...6,
      [
        0x564b_542a_9e6f_4c04, 0xf94c_aa06_7a67_26ec, 0xeb76_88c9_824f_96e8,
        0x223d_ee7d_be9e_c41f, 0xffc0_f1e0_2b01_e85f, 0x1cb0_7068_d405_c09f,
        0x33e6_8cb6_6a40_c69f,
      ] as [UInt64]))
  func tanhInFixedPoint(integerBits: Int, expected: UInt64) {
    #expect(digest { FixedPoint16.tanh($0, integerBits: integerBits) } == expected)
  }

  @Test func logisticByTable() {
    #expect(
      [0, 1, -1, 4096, -4096].map { SigmoidTable.logistic($0) } == [
        16384, 16386, 16382, 23956, 8812,
      ])
    #expect(digest { SigmoidTable.logistic($0) } == 0xccbe_cdca_3064_69d5)
  }

  @Test(
    arguments: zip(
      -15 ... -9,
      [
        0x0afa_9dfc_8222_b0e2, 0x3b4c_6f91_f1f7_d70d, 0xe1c5_7782_b340_7f1c,
        0xd3ac_39ec_806a_e99f, 0x4e27_e785_f45c_e41f, 0x0dc0_c2cb_18e9_829f,
        0x6b1f_8c39_8d4e_859f,
      ] as [UInt64]))
  func tanhByTable(power: Int, expected: UInt64) {
    #expect(digest { SigmoidTable.tanh($0, power: power) } == expected)
  }
}
