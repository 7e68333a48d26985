package import Tensor

/// MAXIMUM and MINIMUM: the larger or the smaller of two elements, with broadcasting.
///
/// int8, uint8 and int16, operands and result quantized alike; int32, int64, float32.
package struct Maximum: Operator {
  private static let maximum = Builtin("MAXIMUM", 55, options: 39, versions: [.int8: 2, .int16: 4])
  private static let minimum = Builtin("MINIMUM", 57, options: 39, versions: [.int8: 2, .int16: 4])
  package static let builtins = [maximum, minimum]

  package let builtin: Builtin

  init(_ builtin: Builtin) { self.builtin = builtin }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  package var options: OptionValues { OptionValues() }

  package func version(_ signature: Signature) -> Int {
    let (left, right) = (signature.input(0), signature.input(1))
    let isDeep = left.shape != right.shape && max(left.shape.rank, right.shape.rank) > 4
    return max(isDeep ? 3 : 1, builtin.version(for: left.element))
  }

  private var takesLarger: Bool { builtin == Self.maximum }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Broadcasting.check(
      signature, [.int8, .uint8, .int16, .float32], plain: [.int16, .int32, .int64])
    guard signature.pairScales != nil else { return }
    let output = signature.outputs[0].quantization
    for index in 0...1 where signature.input(index).quantization != output {
      throw OperatorError(
        .unsupported, .operand(index), expected: "the scale and zero point of the result",
        found: "others")
    }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Broadcasting.access(signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let access = access(signature, output: 0)
    switch signature.outputs[0].element {
    case .float32:
      return SpecializedKernel(BinaryKernel(Extremum<Float>(takesLarger: takesLarger), access))
    case .uint8:
      return SpecializedKernel(BinaryKernel(Extremum<UInt8>(takesLarger: takesLarger), access))
    case .int8:
      return SpecializedKernel(BinaryKernel(Extremum<Int8>(takesLarger: takesLarger), access))
    case .int16: return plain(Int16.self, access)
    case .int32: return plain(Int32.self, access)
    case .int64: return plain(Int64.self, access)
    case let element: preconditionFailure("no kernel for \(element)")
    }
  }

  /// Less common types of elements.
  private func plain<Number: FixedWidthInteger & Stored>(
    _ type: Number.Type, _ access: Access
  ) -> any Kernel {
    let takesLarger = takesLarger
    return Pairwise.kernel(access, [takesLarger ? 1 : 0]) { (x: Number, y: Number) -> Number in
      takesLarger ? max(x, y) : min(x, y)
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Broadcasting.real(inputs, signature) { takesLarger ? max($0, $1) : min($0, $1) }
  }

  /// Numbers of 64 bits pass double precision on the way.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let largest = inputs.reduce(0) { max($0, $1?.largestMagnitude ?? 0) }
    return [.int32, .int64].contains(signature.input(0).element)
      ? signature.wrappingBound(reaching: largest) : 0x1p-20
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int8, .uint8, .int16, .int32, .int64, .float32], axes: 1...4, extents: 1...6,
        using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    var example = Broadcasting.random(
      Maximum(builtins.randomElement(using: &generator) ?? maximum), reading: type,
      using: &generator)
    for index in 0...1 {
      example?.signature.inputs[index]?.type.quantization = type.quantization
    }
    example?.signature.outputs[0].quantization = type.quantization
    return example
  }
}

/// The larger or the smaller of two elements; of equal ones the second.
///
/// Source: TensorFlow Lite, `MaximumOp` and `MinimumOp`.
private struct Extremum<Element: Comparable & Stored>: BinaryFunction {
  let takesLarger: Bool

  func addParameters(to hash: inout SipHash) { hash.add(UInt64(takesLarger ? 1 : 0)) }

  @inline(__always)
  func callAsFunction(_ x: Element, _ y: Element) -> Element {
    takesLarger ? (x > y ? x : y) : (x < y ? x : y)
  }
}
