package import Tensor

/// CAST: the same numbers in another type, element by element; codes are taken as numbers.
///
/// All types but int4 and uint64. TensorFlow Lite Micro has bool, int8, int16, int32, uint32 and float32.
/// A float is truncated towards zero; one out of range becomes the nearest integer there is, NaN the largest:
/// what TensorFlow Lite Micro leaves undefined.
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

  /// The versions that added types, the last first.
  private static let versions: [(types: [ElementType], version: Int)] = [
    ([.float16, .float64], 5), ([.uint16], 4), ([.int8], 3), ([.uint32], 2),
  ]

  package func version(_ signature: Signature) -> Int {
    let elements = [signature.input(0).element, signature.outputs[0].element]
    return Self.versions.first { $0.types.contains { elements.contains($0) } }?.version ?? 1
  }

  private static let elements = ElementType.allCases.filter { $0 != .uint64 && $0 != .int4 }

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

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    if profile != .tflm { return true }
    let elements: [ElementType] = [.bool, .int8, .int16, .int32, .uint32, .float32]
    return elements.contains(signature.input(0).element)
      && elements.contains(signature.outputs[0].element)
  }

  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    let (type, output) = (signature.input(0), signature.outputs[0])
    guard type.element.isFloat, !output.element.isFloat else { return nil }
    let range: ClosedRange<Double> = output.element.isSigned ? -100...100 : 0...100
    let numbers = (0..<type.shape.count).map { _ in Double.random(in: range, using: &generator) }
    return switch type.element {
    case .float16: Bytes(copying: numbers.map { Float16($0).bitPattern })
    case .float32: Bytes(copying: numbers.map { Float($0) })
    default: Bytes(copying: numbers)
    }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 8)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let (input, output) = (signature.input(0).element, signature.outputs[0].element)
    // Any byte but 0 is true, and becomes 1.
    if input == output && input != .bool {
      return MovementKernel(access(signature, output: 0), sources: 0..<1)
    }
    let cast = ElementCast(from: input, to: output)
    return switch input.sizeInBytes {
    case 1: kernel(cast, from: Int8.self)
    case 2: kernel(cast, from: Int16.self)
    case 4: kernel(cast, from: Int32.self)
    default: kernel(cast, from: Int64.self)
    }
  }

  /// Elements are loaded and stored as words of their width.
  @inline(__always)
  private func kernel<Input: FixedWidthInteger & Stored>(
    _ cast: ElementCast, from input: Input.Type
  ) -> any Kernel {
    switch cast.output.sizeInBytes {
    case 1: kernel(cast, from: input, to: Int8.self)
    case 2: kernel(cast, from: input, to: Int16.self)
    case 4: kernel(cast, from: input, to: Int32.self)
    default: kernel(cast, from: input, to: Int64.self)
    }
  }

  @inline(__always)
  private func kernel<Input, Output>(
    _ cast: ElementCast, from input: Input.Type, to output: Output.Type
  ) -> any Kernel
  where Input: FixedWidthInteger & Stored, Output: FixedWidthInteger & Stored {
    SpecializedKernel(
      UnaryKernel(
        ElementMap<Input, Output>(cast.parameters) {
          Output(truncatingIfNeeded: cast(Int64($0)))
        }))
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let (input, output) = (signature.input(0), signature.outputs[0])
    // Codes are cast, not what they stand for.
    let codes = Elementwise.real([inputs[0]?.codes(of: input)]) { number in
      if [input.element, output.element].contains(.bool) { return number == 0 ? 0 : 1 }
      if output.element.isFloat { return number }
      return number.rounded(input.element.isFloat ? .towardZero : .toNearestOrEven)
    }
    return codes.map { $0.numbers(as: output) }
  }

  /// Integers that a float holds, and numbers in range, are exact; larger ones are rounded by the bits that it
  /// has, and of what is out of range nothing is said.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let codes = inputs[0]?.codes(of: signature.input(0)).values ?? []
    let largest = codes.lazy.map(abs).max() ?? 0
    let element = signature.outputs[0].element
    switch element {
    case .float16: return largest < 65504 ? largest * 0x1p-11 + 0x1p-25 : .infinity
    case .float32: return largest * 0x1p-24 + 0x1p-150
    case .float64: return largest * 0x1p-53
    case .bool: return 0
    default:
      let bits = element.sizeInBytes * 8 - (element.isSigned ? 1 : 0)
      let end = Double(sign: .plus, exponent: bits, significand: 1)
      let range = element.isSigned ? -end..<end : 0..<end
      return codes.allSatisfy { range.contains($0) } ? 0x1p-20 : .infinity
    }
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    var type = TensorType.random(elements, axes: 1...4, extents: 1...6, using: &generator)
    type.quantization = nil
    return drawn(reading: type, using: &generator)
  }

  /// To any type, mostly to one that others read.
  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    // Codes are taken as numbers: those that stand for others are left to DEQUANTIZE.
    guard type.quantization == nil, elements.contains(type.element) else { return nil }
    let usual: [ElementType] = [.int32, .float32]
    return Elementwise.random(
      Cast(), reading: type, to: Bool.random(using: &generator) ? usual : elements,
      quantization: { _ in nil }, using: &generator)
  }
}
