internal import Tensor

/// Turns float sums into results: adds the bias, clamps.
struct BiasAndClamp: SumFunction {
  typealias Terms = FloatTerms

  private let biases: [Float]
  private let clamp: FloatClamp

  /// Takes the bias, operand 2, of `channels` output channels.
  init(_ signature: Signature, channels: Int, activation: Activation) {
    biases =
      signature.constant(2)?.elements(of: Float.self) ?? [Float](repeating: 0, count: channels)
    clamp = FloatClamp(activation)
  }

  func addParameters(of channel: Int, to hash: inout SipHash) {
    hash.add(biases[channel])
    clamp.addParameters(to: &hash)
  }

  @inline(__always)
  func callAsFunction(_ sum: Float, channel: Int) -> Float { clamp(sum + biases[channel]) }
}
