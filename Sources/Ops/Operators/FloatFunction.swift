internal import Glibc
package import Tensor

/// SIN, COS and SQUARE, element by element.
///
/// float32.
package struct FloatFunction: Operator {
  private static let sine = Builtin("SIN", 66, options: 0)
  private static let cosine = Builtin("COS", 108, options: 84)
  private static let square = Builtin("SQUARE", 92, options: 66)
  package static let builtins = [sine, cosine, square]

  package let builtin: Builtin

  init(_ builtin: Builtin) { self.builtin = builtin }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.check(signature, [.float32])
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let name = UInt64(builtin.code)
    return switch builtin {
    case Self.sine: Elementwise.floats([name]) { sinf($0) }
    case Self.cosine: Elementwise.floats([name]) { cosf($0) }
    default: Elementwise.floats([name]) { $0 * $0 }
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real(inputs) { number in
      switch builtin {
      case Self.sine: Glibc.sin(number)
      case Self.cosine: Glibc.cos(number)
      default: number * number
      }
    }
  }

  /// The library's functions are within one unit in the last place of numbers up to 1; a square is rounded
  /// once.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let largest = inputs[0]?.largestMagnitude ?? 0
    return builtin == Self.square ? largest * largest * 0x1p-23 + 0x1p-149 : 0x1p-23
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
      FloatFunction(builtins.randomElement(using: &generator) ?? sine), reading: type,
      using: &generator)
  }
}
