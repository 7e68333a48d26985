internal import Glibc
package import Tensor

/// EXP and LOG: exp(x) and the natural logarithm, element by element.
///
/// float32; int8 and int16 with zero point 0, which LiteRT alone has: as tables. The logarithm of a code that
/// stands for no number above 0 is the lowest code.
package struct Exponential: Operator {
  private static let exponential = Builtin("EXP", 47, options: 33, versions: [.int8: 2, .int16: 2])
  private static let logarithm = Builtin("LOG", 73, options: 0, versions: [.int8: 2, .int16: 2])
  package static let builtins = [exponential, logarithm]

  package let builtin: Builtin

  init(_ builtin: Builtin) { self.builtin = builtin }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  package var options: OptionValues { OptionValues() }

  private var isLogarithm: Bool { builtin == Self.logarithm }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.check(signature, [.int8, .int16, .float32])
    try signature.requireCentered(.int16)
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm || signature.input(0).element == .float32
  }

  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    isLogarithm ? Elementwise.nonNegativeValue(of: signature.input(0), using: &generator) : nil
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let output = signature.outputs[0]
    guard let codes = output.element.codes, let quantization = output.quantization,
      output.element != .float32
    else {
      let name = UInt64(builtin.code)
      return isLogarithm
        ? Elementwise.floats([name]) { logf($0) } : Elementwise.floats([name]) { expf($0) }
    }
    let lowest = Float(codes.lowerBound &- quantization.zeroPoints[0]) * quantization.scales[0]
    return FunctionTable.kernel(signature) { number in
      isLogarithm ? (number <= 0 ? lowest : logf(number)) : expf(number)
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real(inputs) { isLogarithm ? ($0 <= 0 ? -.infinity : log($0)) : exp($0) }
  }

  /// Codes of 8 bits are rounded once; between the entries of a table of 16 bits nothing is said.
  ///
  /// Floats: the library's functions are within one unit in the last place. Codes: a number is off by 2^-24
  /// of its size. An exponential is then off by the same part of itself, times the number, which is below
  /// 2^7 where the result is neither 0 nor more than a float holds. A logarithm is off by 2^-24, and by as much
  /// of its own size, which is below 2^7.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let largest = inputs[0]?.values.max() ?? 0
    guard let scale = signature.rescaling?.output else {
      return isLogarithm ? 0x1p-16 : exp(largest) * 0x1p-22
    }
    if signature.outputs[0].element == .int16 { return .infinity }
    return isLogarithm ? 0.5 + 0x1p-15 / scale : 0.5 + 0x1p-7
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int16, .float32], axes: 1...4, extents: 1...6, centered: .int16,
        using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    Elementwise.random(
      Exponential(builtins.randomElement(using: &generator) ?? exponential), reading: type,
      quantization: { $0.centeredWords }, using: &generator)
  }
}
