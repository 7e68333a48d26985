package import Tensor

/// MAX_POOL_2D: the largest element of a window of each channel.
///
/// NHWC; input and output share scale and zero point. int8, uint8, int16, float32.
package struct MaxPool2D: Operator {
  package static let builtins = [
    Builtin("MAX_POOL_2D", 17, options: 5, versions: [.int8: 2, .int16: 3])
  ]

  /// Window, stride, padding and activation.
  package let attributes: PoolingAttributes

  init(attributes: PoolingAttributes) { self.attributes = attributes }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(attributes: try PoolingAttributes(options))
  }

  package var options: OptionValues { attributes.options }

  package func check(_ signature: Signature) throws(OperatorError) {
    try attributes.check(signature, [.int8, .uint8, .int16, .float32])
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    attributes.isImplemented(signature, by: profile)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    attributes.access(signature)
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 40, data: 32)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let (window, output) = (attributes.window(signature), signature.outputs[0])
    switch output.element {
    case .float32:
      return SpecializedKernel(
        FoldPoolKernel(window: window, fold: FloatMaximum(FloatClamp(attributes.activation))))
    case .uint8:
      return SpecializedKernel(
        FoldPoolKernel(
          window: window, fold: CodeMaximum<UInt8>(attributes.activation.codes(of: output))))
    case .int16:
      return SpecializedKernel(
        FoldPoolKernel(
          window: window, fold: CodeMaximum<Int16>(attributes.activation.codes(of: output))))
    case .int8:
      return SpecializedKernel(
        FoldPoolKernel(
          window: window, fold: CodeMaximum<Int8>(attributes.activation.codes(of: output))))
    case let element: preconditionFailure("no kernel for \(element)")
    }
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let range = attributes.activation.realRange
    return [
      attributes.window(signature).reduce(inputs[0], signature) { taps in
        min(max(taps.max() ?? 0, range.lowerBound), range.upperBound)
      }
    ]
  }

  /// Exact, but for the code that a clamp is rounded to.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double { signature.outputs[0].element == .int16 ? 0.5 + 0x1p-8 : 0.5 + 0x1p-16 }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .randomMap([.int8, .uint8, .int16, .float32], using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    PoolingAttributes.random(MaxPool2D.init(attributes:), reading: type, using: &generator)
  }
}

/// The largest code, clamped.
private struct CodeMaximum<Code: FixedWidthInteger & Stored>: FoldFunction {
  private let codes: ClosedRange<Int32>

  init(_ codes: ClosedRange<Int32>) { self.codes = codes }

  func addParameters(to hash: inout SipHash) {
    hash.add(codes)
  }

  @inline(__always)
  func begin(_ x: Code) -> Code { x }

  @inline(__always)
  func extend(_ state: Code, by x: Code) -> Code { max(state, x) }

  @inline(__always)
  func finish(_ state: Code) -> Code {
    Code(
      truncatingIfNeeded: min(max(Int32(state), codes.lowerBound), codes.upperBound))
  }
}

/// The largest float, clamped; NaNs are passed over.
///
/// Source: TensorFlow Lite, `reference_ops::MaxPool`.
private struct FloatMaximum: FoldFunction {
  private let clamp: FloatClamp

  init(_ clamp: FloatClamp) { self.clamp = clamp }

  func addParameters(to hash: inout SipHash) {
    clamp.addParameters(to: &hash)
  }

  @inline(__always)
  func begin(_ x: Float) -> Float { extend(-.greatestFiniteMagnitude, by: x) }

  @inline(__always)
  func extend(_ state: Float, by x: Float) -> Float { state < x ? x : state }

  @inline(__always)
  func finish(_ state: Float) -> Float { clamp(state) }
}
