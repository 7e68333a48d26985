internal import Tensor

extension UInt64 {
  /// A signed number as a parameter of a function.
  init(parameter number: some FixedWidthInteger) { self.init(truncatingIfNeeded: number) }
}

extension [UInt64] {
  /// Several signed numbers as parameters of a function.
  init(parameters numbers: [Int32]) { self = numbers.map { UInt64(parameter: $0) } }
}

extension FixedPointMultiplier {
  /// The multiplier as parameters of a function.
  var parameters: [UInt64] { [UInt64(parameter: significand), UInt64(parameter: exponent)] }
}

extension TensorType {
  /// Scale and zero point as parameters of a function.
  var parameters: [UInt64] {
    [
      UInt64(quantization?.scales[0].bitPattern ?? 0),
      UInt64(parameter: quantization?.zeroPoints[0] ?? 0),
    ]
  }
}
