package import Tensor

/// NEG: the operand with the other sign, element by element; codes are taken as numbers.
///
/// float32, int8, int16, int32, int64; TensorFlow Lite Micro has float32 alone. The lowest integer has no
/// counterpart and stays what it is.
package struct Neg: Operator {
  package static let builtins = [Builtin("NEG", 59, options: 42)]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  private static let elements: [ElementType] = [.int8, .int16, .int32, .int64, .float32]

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.checkNumbers(signature, Self.elements)
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm || signature.input(0).element == .float32
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let name = UInt64(builtin.code)
    return switch signature.input(0).element {
    case .int8: Elementwise.table(signature) { 0 &- $0 }
    case .int16: Elementwise.words([name]) { 0 &- $0 }
    case .int32: SpecializedKernel(UnaryKernel(Negation<Int32>()))
    case .int64: SpecializedKernel(UnaryKernel(Negation<Int64>()))
    default: Elementwise.floats([name]) { -$0 }
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real([inputs[0]?.codes(of: signature.input(0))]) { -$0 }
      .map { $0.numbers(as: signature.outputs[0]) }
  }

  /// Exact, but for the lowest integer, of which nothing is said.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let type = signature.input(0)
    guard let lowest = type.element.codes?.lowerBound else { return 0 }
    let codes = inputs[0]?.codes(of: type).values ?? []
    return codes.contains { abs($0 - Double(lowest)) < 0.5 } ? .infinity : 0x1p-20
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(elements, axes: 1...4, extents: 1...6, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard elements.contains(type.element) else { return nil }
    return Elementwise.random(
      Neg(), reading: type, quantization: { _ in type.quantization }, using: &generator)
  }
}

/// What does not fit wraps.
private struct Negation<Integer: FixedWidthInteger & Stored>: UnaryFunction {
  func addParameters(to hash: inout SipHash) {}

  @inline(__always)
  func callAsFunction(_ x: Integer) -> Integer { 0 &- x }
}
