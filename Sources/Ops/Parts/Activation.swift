package import Tensor

/// The activation fused into an operator: the range that results are clamped to.
///
/// The raw value is the schema's code.
package enum Activation: Int8, Hashable, Sendable, CaseIterable {
  case none = 0
  case relu = 1
  case reluMinus1To1 = 2
  case relu6 = 3

  /// Codes of the schema that have no counterpart.
  private static let (tanh, signBit): (Int8, Int8) = (4, 5)

  /// Reads the activation from an options table.
  package init(_ options: some OptionTable, slot: Int) throws(OptionError) {
    let code = try options.int8(slot, default: 0)
    guard let activation = Activation(rawValue: code) else {
      throw OptionError(
        code == Self.tanh || code == Self.signBit ? .unsupported : .invalid, slot: slot,
        expected: "a fused activation 0...3, not code \(code)")
    }
    self = activation
  }

  /// The real numbers that results are clamped to.
  package var realRange: ClosedRange<Double> {
    switch self {
    case .none: -Double.infinity...Double.infinity
    case .relu: 0...Double.infinity
    case .reluMinus1To1: -1...1
    case .relu6: 0...6
    }
  }

  /// Adds the bias to the oracle's sums and clamps them.
  func finish(_ values: inout [Double], bias: RealTensor?, channels: Int) {
    let range = realRange
    for index in values.indices {
      let sum = values[index] + (bias?.values[index % channels] ?? 0)
      values[index] = min(max(sum, range.lowerBound), range.upperBound)
    }
  }

  /// The codes that results are clamped to.
  ///
  /// - Precondition: `type` is quantized per tensor and its element has codes.
  package func codes(of type: TensorType) -> ClosedRange<Int32> { type.codes(of: realRange) }
}

extension TensorType {
  /// The codes of a range of real numbers.
  ///
  /// Each bound is the code nearest to its real number, ties away from zero, within the type's
  /// codes. Source: TensorFlow Lite, `CalculateActivationRangeQuantized`.
  ///
  /// - Precondition: the tensor is quantized per tensor and its element has codes.
  func codes(of range: ClosedRange<Double>) -> ClosedRange<Int32> {
    guard let all = element.codes, let quantization else {
      preconditionFailure("\(self) has no quantized codes")
    }
    let scale = quantization.scales[0]
    func code(of real: Double) -> Int32 {
      let rounded = (Float(real) / scale).rounded(.toNearestOrAwayFromZero)
      let code = Double(rounded) + Double(quantization.zeroPoints[0])
      return Int32(min(max(code, Double(all.lowerBound)), Double(all.upperBound)))
    }
    let low = range.lowerBound.isFinite ? code(of: range.lowerBound) : all.lowerBound
    let high = range.upperBound.isFinite ? code(of: range.upperBound) : all.upperBound
    return low...max(low, high)
  }
}
