internal import Tensor

/// The clamp of a fused activation on floats.
struct FloatClamp: UnaryFunction {
  private let low: Float
  private let high: Float

  /// Between given bounds.
  init(low: Float, high: Float) {
    self.low = low
    self.high = high
  }

  /// The clamp of a fused activation.
  init(_ activation: Activation) {
    let (range, largest) = (activation.realRange, Double(Float.greatestFiniteMagnitude))
    low = Float(max(range.lowerBound, -largest))
    high = Float(min(range.upperBound, largest))
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(low)
    hash.add(high)
  }

  /// A number that is neither below nor above passes unchanged, -0 and NaN included; without an
  /// activation, infinities become the largest numbers.
  ///
  /// Source: TensorFlow Lite, `ActivationFunctionWithMinMax`.
  @inline(__always)
  func callAsFunction(_ x: Float) -> Float {
    let raised = x < low ? low : x
    return high < raised ? high : raised
  }
}
