internal import Glibc
package import Tensor

/// L2_POOL_2D: the root of the mean square over a window of each channel, padding left out of the count.
///
/// NHWC; float32.
package struct L2Pool2D: Operator {
  package static let builtins = [Builtin("L2_POOL_2D", 12, options: 5)]

  /// Window, stride, padding and activation.
  package let attributes: PoolingAttributes

  init(attributes: PoolingAttributes) { self.attributes = attributes }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(attributes: try PoolingAttributes(options))
  }

  package var options: OptionValues { attributes.options }

  package func check(_ signature: Signature) throws(OperatorError) {
    try attributes.check(signature, [.float32])
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    attributes.access(signature)
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 40, arrays: [4 + 4 * signature.outputs[0].shape.rank])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    SpecializedKernel(
      FoldPoolKernel(
        window: attributes.window(signature),
        fold: RootMeanSquare(clamp: FloatClamp(attributes.activation))))
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let range = attributes.activation.realRange
    return [
      attributes.window(signature).reduce(inputs[0], signature) { taps in
        let mean = taps.reduce(0) { $0 + $1 * $1 } / Double(taps.count)
        return min(max(mean.squareRoot(), range.lowerBound), range.upperBound)
      }
    ]
  }

  /// Each square and each sum is rounded to 2^-24 of at most the sum, the quotient and the root once more; squares
  /// too small for a float are lost, those too large are infinite.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let largest = inputs[0]?.largestMagnitude ?? 0
    let taps = Double(attributes.height * attributes.width)
    guard largest * largest * taps < 0x1p127 else { return .infinity }
    return largest * (taps + 3) * 0x1p-23 + 0x1p-60
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(reading: .randomMap([.float32], using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard type.element == .float32 else { return nil }
    return PoolingAttributes.random(L2Pool2D.init(attributes:), reading: type, using: &generator)
  }
}

/// The root of the mean square of floats, clamped.
///
/// Source: TensorFlow Lite, `reference_ops::L2Pool`.
private struct RootMeanSquare: FoldFunction {
  let clamp: FloatClamp

  func addParameters(to hash: inout SipHash) { clamp.addParameters(to: &hash) }

  @inline(__always)
  func begin(_ x: Float) -> (sum: Float, count: Float) { (x * x, 1) }

  @inline(__always)
  func extend(_ state: (sum: Float, count: Float), by x: Float) -> (sum: Float, count: Float) {
    (state.sum + x * x, state.count + 1)
  }

  @inline(__always)
  func finish(_ state: (sum: Float, count: Float)) -> Float {
    clamp((state.sum / state.count).squareRoot())
  }
}
