internal import Tensor

/// Kernels of functions of two operands that closures compute, element by element with broadcasting.
enum Pairwise {
  /// Applies `body` to the pairs that the tiling rule `access` states; `parameters` is every number that
  /// the results depend on.
  @inline(__always)
  static func kernel<Input: Stored, Output: Stored>(
    _ access: Access, _ parameters: [UInt64], _ body: @escaping @Sendable (Input, Input) -> Output
  ) -> any Kernel {
    SpecializedKernel(BinaryKernel(PairMap(parameters, body), access))
  }
}

extension Activation {
  /// The integers that results which stand for themselves are clamped to.
  ///
  /// Source: TensorFlow Lite, `CalculateActivationRange`.
  func integers<Number: FixedWidthInteger>(_ type: Number.Type) -> ClosedRange<Number> {
    switch self {
    case .none: Number.min...Number.max
    case .relu: 0...Number.max
    case .reluMinus1To1: -1...1
    case .relu6: 0...6
    }
  }
}

extension ClosedRange {
  /// The nearest value of the range.
  @inline(__always)
  func clamp(_ value: Bound) -> Bound { Swift.min(Swift.max(value, lowerBound), upperBound) }
}

extension Signature {
  /// A bound on the error of integers that stand for themselves and wrap: infinite where results may reach a
  /// magnitude that their type does not hold, or where a quantization says that they stand for others.
  ///
  /// Numbers of 64 bits pass double precision on the way.
  func wrappingBound(reaching magnitude: Double) -> Double {
    let types = inputs.compactMap { $0?.type } + outputs
    guard types.allSatisfy({ $0.quantization == nil }) else { return .infinity }
    switch outputs[0].element {
    case .int8, .uint8: return magnitude < 0x1p7 ? 0x1p-20 : .infinity
    case .int16: return magnitude < 0x1p15 ? 0x1p-20 : .infinity
    case .int32: return magnitude < 0x1p31 ? 0x1p-20 : .infinity
    default: return magnitude < 0x1p62 ? 0x1p-20 + magnitude * 0x1p-50 : .infinity
    }
  }
}
