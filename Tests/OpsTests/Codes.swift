import Ops
import Tensor
import TestSupport

/// Operators on small tensors of codes, for cases worked out by hand.
enum Codes {
  /// A type of codes, int8 unless said, with one scale and zero point.
  static func type(
    _ shape: Shape, scale: Float = 1, zeroPoint: Int32 = 0, element: ElementType = .int8
  ) -> TensorType {
    TensorType(element, shape, Quantization(scale: scale, zeroPoint: zeroPoint))
  }

  /// Weights with one scale, or one per coordinate of `axis`.
  static func weights(
    _ shape: Shape, _ codes: [Int32], scales: [Float] = [1], axis: Int = 0, zeroPoint: Int32 = 0,
    element: ElementType = .int8
  ) -> Operand {
    let quantization = Quantization(
      scales: scales, zeroPoints: scales.map { _ in zeroPoint }, axis: scales.count == 1 ? 0 : axis)
    return Operand(TensorType(element, shape, quantization), constant: element.bytes(of: codes))
  }

  /// A constant of int32 that states attributes: a row of them, unless `shape` says otherwise.
  static func integers(_ numbers: [Int32], shape: Shape? = nil) -> Operand {
    Operand(TensorType(.int32, shape ?? Shape(numbers.count)), constant: Bytes(copying: numbers))
  }

  /// A bias of one word per output channel.
  static func bias(_ words: [Int32], scales: [Float] = [1]) -> Operand {
    let shape = Shape(words.count)
    let quantization = Quantization(
      scales: scales, zeroPoints: scales.map { _ in 0 }, axis: 0)
    return Operand(TensorType(.int32, shape, quantization), constant: Bytes(copying: words))
  }

  /// A result of an operator that has to accept the signature; constants come from it.
  static func of(
    _ operation: some Operator, _ signature: Signature, _ operands: [Int32]?..., output: Int = 0,
    profile: Profile = .tflm
  ) throws -> [Int32] {
    let bytes = zip(signature.inputs, operands + [nil, nil, nil]).map { operand, codes in
      operand.flatMap { operand in codes.map { operand.type.element.bytes(of: $0) } }
    }
    return try result(of: operation, signature, bytes, output: output, profile: profile)
      .codes(of: signature.outputs[output].element)
  }

  /// A result of an operator that has to accept the signature; constants come from it.
  static func result(
    of operation: some Operator, _ signature: Signature, _ operands: [Bytes?], output: Int = 0,
    profile: Profile = .tflm
  ) throws -> Bytes {
    try operation.check(signature)
    let bytes = zip(signature.inputs, operands).map { $0?.constant ?? $1 }
    return Example(operation, signature).result(of: bytes, output: output, profile: profile)
  }

  /// What `check` throws.
  static func refusal(of operation: some Operator, _ signature: Signature) -> OperatorError? {
    do throws(OperatorError) { try operation.check(signature) } catch { return error }
    return nil
  }
}
