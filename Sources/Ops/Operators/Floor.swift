package import Tensor

/// FLOOR, CEIL and ROUND: the next whole number below, above, or on either side, ties to the even one.
///
/// float32. LiteRT's reference kernels have FLOOR alone.
package struct Floor: Operator {
  private static let floor = Builtin("FLOOR", 8, options: 0)
  private static let ceil = Builtin("CEIL", 104, options: 0)
  private static let round = Builtin("ROUND", 116, options: 0)
  package static let builtins = [floor, ceil, round]

  package let builtin: Builtin

  init(_ builtin: Builtin) { self.builtin = builtin }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.check(signature, [.float32])
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile == .tflm || builtin == Self.floor
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let name = UInt64(builtin.code)
    return switch builtin {
    case Self.floor: Elementwise.floats([name]) { $0.rounded(.down) }
    case Self.ceil: Elementwise.floats([name]) { $0.rounded(.up) }
    default: Elementwise.floats([name], Self.nearest)
    }
  }

  /// The nearest whole number, ties to the even one; what a negative number between -1 and 0 becomes is 0
  /// without a sign.
  ///
  /// Source: TensorFlow Lite, `reference_ops::RoundToNearest`.
  private static func nearest(_ x: Float) -> Float {
    let below = x.rounded(.down)
    let rest = x - below
    let isEven = below.truncatingRemainder(dividingBy: 2) == 0
    return rest < 0.5 || rest == 0.5 && isEven ? below : below + 1
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real(inputs) { number in
      switch builtin {
      case Self.floor: number.rounded(.down)
      case Self.ceil: number.rounded(.up)
      default: number.rounded(.toNearestOrEven)
      }
    }
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random([.float32], axes: 1...4, extents: 1...6, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    Elementwise.random(
      Floor(builtins.randomElement(using: &generator) ?? floor), reading: type,
      using: &generator)
  }
}
