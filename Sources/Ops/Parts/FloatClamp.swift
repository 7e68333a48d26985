internal import Tensor

/// The clamp of a fused activation on floats.
struct FloatClamp: UnaryFunction {
  private let low: Float
  private let high: Float

  init(_ activation: Activation) {
    low = Float(activation.realRange.lowerBound)
    high = Float(activation.realRange.upperBound)
  }

  /// A number that is neither below nor above passes unchanged, -0 and NaN included.
  ///
  /// Source: TensorFlow Lite, `ActivationFunctionWithMinMax`.
  @inline(__always)
  func callAsFunction(_ x: Float) -> Float {
    let raised = x < low ? low : x
    return high < raised ? high : raised
  }
}
