public import Ops
public import Tensor

/// What an operator's results should be, from its real-valued function alone.
///
/// It shares no code and no derived parameter with the kernels: operands become real numbers by
/// their own scales, and the results are expressed in steps of the output's codes.
public struct OperatorOracle: Sendable {
  private let products: any MatrixProduct

  /// Makes an oracle that multiplies matrices by `products`.
  public init(products: any MatrixProduct = BLASProduct()) { self.products = products }

  /// What one result should be, element by element, and how far off it may be.
  public struct Expectation: Hashable, Sendable {
    /// Row-major, in steps of the result's codes.
    ///
    /// That is real / scale + zero point, clamped to the codes that the type has, rounded to none of
    /// them. A result that is not quantized is as it is.
    public let steps: [Double]
    /// The largest distance of the operator's result; not a number where operands are none, or beyond 2^50.
    public let bound: Double

    /// How far a result of type `type` is from this.
    ///
    /// Elements that should be no finite number of the type are left out: there is no distance to them.
    ///
    /// - Precondition: there are as many elements as steps.
    public func deviation(of result: Bytes, type: TensorType) -> Deviation {
      var deviation = Deviation(largest: 0, index: 0, bound: bound)
      for (index, (found, step)) in zip(result.numbers(of: type.element), steps).enumerated()
      where abs(step) <= Double(Float.greatestFiniteMagnitude) {
        let distance = found == step ? 0 : abs(found - step)
        if !(distance <= deviation.largest) {
          deviation = Deviation(largest: distance, index: index, bound: bound)
        }
        if distance.isNaN { break }
      }
      return deviation
    }
  }

  /// How far a result is from what it should be: in steps of its codes, or in units of its numbers
  /// where it is not quantized.
  public struct Deviation: Hashable, Sendable {
    /// The largest distance of an element; not a number where one of both is none.
    public let largest: Double
    /// The row-major index of that element.
    public let index: Int
    /// The largest distance that the operator allows.
    public let bound: Double

    /// Whether the result is as near as the operator says; so is all where operands that are no finite
    /// numbers leave no bound.
    public var isWithinBound: Bool { largest <= bound || !bound.isFinite }
  }

  /// What each result should be.
  ///
  /// - Parameters:
  ///   - operation: the operator.
  ///   - signature: its operands and results, which `check` accepts.
  ///   - operands: the values of the operands, row-major; constants come from the signature.
  /// - Returns: one expectation per result.
  /// - Precondition: each operand that is there has a value of its type's size.
  public func expectations(
    of operation: any Operator, signature: Signature, operands: [Bytes?]
  ) -> [Expectation] {
    let inputs = signature.inputs.enumerated().map { index, operand -> RealTensor? in
      guard let operand else { return nil }
      guard let value = operand.constant ?? (index < operands.count ? operands[index] : nil) else {
        preconditionFailure("operand \(index) has no value")
      }
      return RealTensor(dequantizing: value, of: operand.type)
    }
    let results = real(operation, signature: signature, inputs)
    // Of 2^27 products of such numbers the sum fits single precision; of others it may overflow on the way.
    let isBounded = inputs.allSatisfy { $0?.values.allSatisfy { abs($0) <= 0x1p50 } ?? true }
    return results.enumerated().map { output, real in
      Expectation(
        steps: steps(of: real, type: signature.outputs[output]),
        bound: isBounded
          ? operation.errorBound(inputs, signature: signature, output: output) : .nan)
    }
  }

  /// What the operator makes of real numbers: one tensor per result, rounded nowhere.
  public func real(
    _ operation: any Operator, signature: Signature, _ inputs: [RealTensor?]
  ) -> [RealTensor] {
    operation.real(inputs, signature: signature, products: products)
  }

  private func steps(of real: RealTensor, type: TensorType) -> [Double] {
    // Floats stand for themselves, whatever scale a file gives them.
    guard let quantization = type.quantization, type.element != .float32 else {
      return real.values
    }
    let axisStride = type.shape.rank == 0 ? 1 : type.shape.strides[quantization.axis]
    let axisExtent = quantization.scales.count
    let codes = type.element.codes
    return real.values.enumerated().map { index, value in
      let channel = index / axisStride % axisExtent
      let step =
        value / Double(quantization.scale(at: channel))
        + Double(quantization.zeroPoint(at: channel))
      guard let codes else { return step }
      return min(max(step, Double(codes.lowerBound)), Double(codes.upperBound))
    }
  }
}
