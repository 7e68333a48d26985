package import Tensor

/// CAST: the same numbers in another type, element by element; codes are taken as numbers.
///
/// int8, uint8, int16, int32, int64 and float32. A float is truncated towards zero; one out of range
/// becomes the nearest integer there is, NaN the largest.
package struct Cast: Operator {
  package static let builtins = [Builtin("CAST", 53, options: 37)]

  /// The types as the options state them, which the tensors' own decide; kept for writing the model.
  package let statedTypes: [Int8]

  init(statedTypes: [Int8] = [0, 0]) { self.statedTypes = statedTypes }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(statedTypes: [try options.int8(0, default: 0), try options.int8(1, default: 0)])
  }

  package var options: OptionValues {
    OptionValues([0: .int8(statedTypes[0]), 1: .int8(statedTypes[1])])
  }

  package func version(_ signature: Signature) -> Int {
    let elements = [signature.input(0).element, signature.outputs[0].element]
    return elements.contains(.int8) ? 3 : 1
  }

  private static let elements: [ElementType] = [.int8, .uint8, .int16, .int32, .int64, .float32]

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 1...1, required: 1)
    let types: [(OperatorError.Subject, TensorType)] = [
      (.operand(0), signature.input(0)), (.output(0), signature.outputs[0]),
    ]
    for (subject, type) in types where !Self.elements.contains(type.element) {
      throw OperatorError(
        .unsupported, subject,
        expected: Self.elements.map(\.rawValue).joined(separator: " or "),
        found: "\(type.element)")
    }
    try signature.requireOutput(shape: signature.input(0).shape.extents)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 8)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    switch signature.input(0).element {
    case .int8: fromInteger(Int8.self, signature)
    case .uint8: fromInteger(UInt8.self, signature)
    case .int16: fromInteger(Int16.self, signature)
    case .int32: fromInteger(Int32.self, signature)
    case .int64: fromInteger(Int64.self, signature)
    default: fromFloat(signature)
    }
  }

  @inline(__always)
  private func fromInteger<Input: FixedWidthInteger & Stored>(
    _ input: Input.Type, _ signature: Signature
  ) -> any Kernel {
    switch signature.outputs[0].element {
    case .int8: SpecializedKernel(UnaryKernel(IntegerCast<Input, Int8>()))
    case .uint8: SpecializedKernel(UnaryKernel(IntegerCast<Input, UInt8>()))
    case .int16: SpecializedKernel(UnaryKernel(IntegerCast<Input, Int16>()))
    case .int32: SpecializedKernel(UnaryKernel(IntegerCast<Input, Int32>()))
    case .int64: SpecializedKernel(UnaryKernel(IntegerCast<Input, Int64>()))
    default: SpecializedKernel(UnaryKernel(FloatOfInteger<Input>()))
    }
  }

  private func fromFloat(_ signature: Signature) -> any Kernel {
    switch signature.outputs[0].element {
    case .int8: SpecializedKernel(UnaryKernel(Truncation<Int8>()))
    case .uint8: SpecializedKernel(UnaryKernel(Truncation<UInt8>()))
    case .int16: SpecializedKernel(UnaryKernel(Truncation<Int16>()))
    case .int32: SpecializedKernel(UnaryKernel(Truncation<Int32>()))
    case .int64: SpecializedKernel(UnaryKernel(Truncation<Int64>()))
    default: MovementKernel(access(signature, output: 0), sources: 0..<1)
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let (input, output) = (signature.input(0), signature.outputs[0])
    // Codes are cast, not what they stand for.
    let codes = Elementwise.real([inputs[0]?.codes(of: input)]) { number in
      if output.element == .float32 { return number }
      let whole = number.rounded(input.element == .float32 ? .towardZero : .toNearestOrEven)
      guard input.element == .float32, let range = output.element.codes else { return whole }
      return min(max(whole, Double(range.lowerBound)), Double(range.upperBound))
    }
    return codes.map { $0.numbers(as: output) }
  }

  /// Integers below 2^24 in magnitude, and floats in range, are exact; larger ones are rounded to 2^-24
  /// of their size.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double { (inputs[0]?.values.map(abs).max() ?? 0) * 0x1p-24 }

  private static let sources: [ElementType] = [.int8, .uint8, .int16, .float32]

  package static func random(using generator: inout SplitMix64) -> Example {
    var type = TensorType.random(sources, axes: 1...4, extents: 1...6, using: &generator)
    type.quantization = nil
    return drawn(reading: type, using: &generator)
  }

  /// Between types of which the second holds what the first does, so that no number wraps.
  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    // Codes are taken as numbers: those that stand for others are left to DEQUANTIZE.
    guard type.quantization == nil, sources.contains(type.element) else { return nil }
    return Elementwise.random(
      Cast(), reading: type, to: [.int32, .int32, .float32], using: &generator)
  }
}

/// An integer in another type; what does not fit wraps.
private struct IntegerCast<Input, Output>: UnaryFunction
where Input: FixedWidthInteger & Stored, Output: FixedWidthInteger & Stored {
  func addParameters(to hash: inout SipHash) {}

  @inline(__always)
  func callAsFunction(_ x: Input) -> Output { Output(truncatingIfNeeded: x) }
}

/// The float nearest to an integer.
private struct FloatOfInteger<Input: FixedWidthInteger & Stored>: UnaryFunction {
  func addParameters(to hash: inout SipHash) {}

  @inline(__always)
  func callAsFunction(_ x: Input) -> Float { Float(x) }
}

/// A float truncated to an integer.
private struct Truncation<Output: FixedWidthInteger & Stored>: UnaryFunction {
  func addParameters(to hash: inout SipHash) {}

  @inline(__always)
  func callAsFunction(_ x: Float) -> Output {
    if let exact = Output(exactly: x.rounded(.towardZero)) { return exact }
    return x < 0 ? .min : .max
  }
}
