internal import Tensor

extension Signature {
  /// The scales of two operands and of their result; `nil` where these are not quantized.
  var pairScales: (left: Double, right: Double, output: Double)? {
    guard let left = input(0).quantization, let right = input(1).quantization,
      let output = outputs[0].quantization
    else { return nil }
    return (Double(left.scales[0]), Double(right.scales[0]), Double(output.scales[0]))
  }
}
