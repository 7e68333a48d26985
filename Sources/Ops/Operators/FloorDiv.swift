package import Tensor

/// FLOOR_DIV and FLOOR_MOD: the quotient of two tensors rounded down, or what remains, with the sign of the
/// divisor; element by element, with broadcasting.
///
/// Integers with a sign, as they are stored, and float32. The reference implementations stop where a divisor is
/// 0; here an integer's quotient and remainder are 0 then.
package struct FloorDiv: Operator {
  private static let quotient = Builtin(
    "FLOOR_DIV", 90, options: 65, versions: [.float32: 2, .int16: 3, .int8: 3])
  private static let remainder = Builtin(
    "FLOOR_MOD", 95, options: 72, versions: [.int16: 2, .int8: 2])
  package static let builtins = [quotient, remainder]

  package let builtin: Builtin

  init(_ builtin: Builtin) { self.builtin = builtin }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  package var options: OptionValues { OptionValues() }

  private var isQuotient: Bool { builtin == Self.quotient }

  package func check(_ signature: Signature) throws(OperatorError) {
    let integers: [ElementType] = [.int8, .int16, .int32] + (isQuotient ? [] : [.int64])
    try Broadcasting.check(signature, [.float32], plain: integers)
  }

  /// One divides floats alone.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm || signature.input(0).element == .float32
  }

  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    Quotients.randomValue(of: operand, signature.input(operand), zero: 0, using: &generator)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Broadcasting.access(signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let access = access(signature, output: 0)
    switch signature.input(0).element {
    case .float32:
      let isQuotient = isQuotient
      return Pairwise.kernel(access, [isQuotient ? 1 : 0]) { (x: Float, y: Float) -> Float in
        if isQuotient { return Float((Double(x) / Double(y)).rounded(.down)) }
        let rest = x.truncatingRemainder(dividingBy: y)
        return rest != 0 && (y < 0) != (rest < 0) ? rest + y : rest
      }
    case .int8: return integers(Int8.self, access)
    case .int16: return integers(Int16.self, access)
    case .int32: return integers(Int32.self, access)
    default: return integers(Int64.self, access)
    }
  }

  /// The least number over -1 wraps.
  private func integers<Number: FixedWidthInteger & Stored>(
    _ type: Number.Type, _ access: Access
  ) -> any Kernel {
    let isQuotient = isQuotient
    return Pairwise.kernel(access, [isQuotient ? 1 : 0]) { (x: Number, y: Number) -> Number in
      if y == 0 { return 0 }
      let (quotient, hasOverflown) = x.dividedReportingOverflow(by: y)
      let rest = hasOverflown ? 0 : x % y
      let isBelow = rest != 0 && (y < 0) != (rest < 0)
      return isQuotient ? (isBelow ? quotient &- 1 : quotient) : isBelow ? rest &+ y : rest
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Broadcasting.real(inputs, signature) {
      let quotient = ($0 / $1).rounded(.down)
      return isQuotient ? quotient : $0 - $1 * quotient
    }
  }

  /// Integers are exact; a float's quotient is rounded once, where double precision holds it exactly enough to
  /// round it down, which nothing bounds next to a whole number.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    guard let left = inputs[0], let right = inputs[1], !right.values.contains(0),
      [.int8, .int16, .int32].contains(signature.input(0).element)
    else { return .infinity }
    return signature.wrappingBound(
      reaching: isQuotient ? left.largestMagnitude : right.largestMagnitude)
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    var type = TensorType.random(
      [.int8, .int16, .int32, .int64, .float32], axes: 1...4, extents: 1...6, using: &generator)
    type.quantization = nil
    return Quotients.withComputedDivisor(
      drawn(reading: type, using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard type.quantization == nil else { return nil }
    let builtin =
      type.element == .int64
      ? remainder : builtins.randomElement(using: &generator) ?? quotient
    return Quotients.random(FloorDiv(builtin), type, using: &generator) { operand, generator in
      Quotients.randomValue(of: 1, operand, zero: 0, using: &generator)
    }
  }
}
