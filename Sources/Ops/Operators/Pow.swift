internal import Glibc
package import Tensor

/// POW: powers of a tensor, element by element, with broadcasting.
///
/// int32 that stands for itself, and float32; TensorFlow Lite Micro has none. The reference implementation stops
/// where an exponent of int32 is below 0. A power that int32 does not hold is the least number, as on x86.
package struct Pow: Operator {
  package static let builtins = [Builtin("POW", 78, options: 56)]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Broadcasting.check(signature, [.float32], plain: [.int32])
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm
  }

  /// Exponents of int32 that are small and not below 0, and floats whose powers are numbers.
  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    Self.randomValue(of: operand, signature.input(operand), using: &generator)
  }

  private static func randomValue(
    of operand: Int, _ type: TensorType, using generator: inout SplitMix64
  ) -> Bytes? {
    if type.element == .float32 {
      let areWhole = Bool.random(using: &generator)
      let numbers = (0..<type.shape.count).map { _ -> Float in
        if operand == 0 { return Float.random(in: 0.01...4, using: &generator) }
        let exponent = Float.random(in: -4...6, using: &generator)
        return areWhole ? exponent.rounded() : exponent
      }
      return Bytes(copying: numbers)
    }
    return Bytes(
      copying: (0..<type.shape.count).map { _ in
        Int32.random(in: operand == 0 ? -9...9 : 0...12, using: &generator)
      })
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Broadcasting.access(signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let access = access(signature, output: 0)
    let (left, right) = (signature.input(0).shape, signature.input(1).shape)
    let multiplies = left != right && right.count == 1
    if signature.input(0).element == .float32 {
      let clamp = FloatClamp(.none)
      return Pairwise.kernel(access, [multiplies ? 1 : 0]) { (x: Float, y: Float) -> Float in
        guard multiplies, let exponent = Self.wholeExponent(y) else { return powf(x, y) }
        if exponent == 1 { return x }
        return Self.power(x, exponent) { clamp($0 * $1) }
      }
    }
    return Pairwise.kernel(access, [multiplies ? 1 : 0]) { (x: Int32, y: Int32) -> Int32 in
      if multiplies, y >= 1 { return Self.power(x, y) { $0 &* $1 } }
      return Int32(exactly: pow(Double(x), Double(y)).rounded(.towardZero)) ?? .min
    }
  }

  /// The whole number of at least 1 that a float is, or nearly is.
  private static func wholeExponent(_ y: Float) -> Int32? {
    guard let exponent = Int32(exactly: y.rounded(.toNearestOrAwayFromZero)), exponent >= 1,
      abs(y - Float(exponent)) < 1e-5
    else { return nil }
    return exponent
  }

  /// A power by squaring, from the exponent's first bit on.
  ///
  /// Source: TensorFlow Lite, `IntegerExponentPow`: a single exponent for many bases.
  private static func power<Number>(
    _ base: Number, _ exponent: Int32, _ multiply: (Number, Number) -> Number
  ) -> Number {
    var result = base
    for bit in (0..<31 - exponent.leadingZeroBitCount).reversed() {
      result = multiply(result, result)
      if exponent >> Int32(bit) & 1 == 1 { result = multiply(base, result) }
    }
    return result
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Broadcasting.real(inputs, signature) { pow($0, $1) }
  }

  /// Floats are within 2^-20 of a result where squaring takes a few steps; exponents that are only nearly whole
  /// are taken for whole, which nothing bounds.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    guard let base = inputs[0], let exponent = inputs[1],
      base.values.allSatisfy({ $0 >= 0x1p-7 }), exponent.values.allSatisfy({ abs($0) <= 16 })
    else { return .infinity }
    let isWhole = exponent.values.allSatisfy { $0.rounded() == $0 }
    let largest = base.values.reduce(1) { max($0, $1, 1 / $1) }
    let magnitude = pow(largest, exponent.largestMagnitude)
    if signature.input(0).element == .float32 {
      return magnitude < 0x1p100 ? magnitude * (isWhole ? 0x1p-18 : 0x1p-10) : .infinity
    }
    return exponent.values.allSatisfy { $0 >= 0 }
      ? signature.wrappingBound(reaching: magnitude) : .infinity
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    Quotients.withComputedDivisor(
      drawn(
        reading: .random([.int32, .float32], axes: 1...4, extents: 1...6, using: &generator),
        using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    Quotients.random(Pow(), type, using: &generator) { operand, generator in
      randomValue(of: 1, operand, using: &generator)
    }
  }
}
