internal import Glibc
package import Tensor

/// ELU: the operand, or exp(x) - 1 where it is below 0, element by element.
///
/// int8 and float32. LiteRT's reference kernels have no such operator.
package struct Elu: Operator {
  package static let builtins = [Builtin("ELU", 111, options: 0)]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.check(signature, [.int8, .float32])
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile == .tflm
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory { MicroMemory(data: 256) }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    if signature.input(0).element == .float32 {
      return Elementwise.floats([UInt64(builtin.code)]) { $0 < 0 ? expm1f($0) : $0 }
    }
    return FunctionTable.kernel(signature) { $0 < 0 ? expf($0) - 1 : $0 }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real(inputs) { $0 < 0 ? Glibc.expm1($0) : $0 }
  }

  /// Codes are rounded once.
  ///
  /// Floats below 0: the library's function is within one unit in the last place of numbers up to 1. Codes:
  /// numbers below 0 are off by 2^-23 before they are divided by the step, and those that are in reach of
  /// 256 steps by 2^-23 of their size.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    guard let scale = signature.rescaling?.output else { return 0x1p-23 }
    return 0.5 + 0x1p-12 + 0x1p-22 / scale
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random([.int8, .float32], axes: 1...4, extents: 1...6, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    Elementwise.random(Elu(), reading: type, using: &generator)
  }
}
