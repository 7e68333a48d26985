import Ops
import Tensor
import TestSupport

/// Operators on small tensors of codes, for cases worked out by hand.
enum Codes {
  /// A type of int8 with one scale and zero point.
  static func type(_ shape: Shape, scale: Float = 1, zeroPoint: Int32 = 0) -> TensorType {
    TensorType(.int8, shape, Quantization(scale: scale, zeroPoint: zeroPoint))
  }

  /// Weights with one scale, or one per coordinate of `axis`.
  static func weights(
    _ shape: Shape, _ codes: [Int32], scales: [Float] = [1], axis: Int = 0
  ) -> Operand {
    let quantization = Quantization(
      scales: scales, zeroPoints: scales.map { _ in 0 }, axis: scales.count == 1 ? 0 : axis)
    return Operand(
      TensorType(.int8, shape, quantization), constant: ElementType.int8.bytes(of: codes))
  }

  /// A bias of one word per output channel.
  static func bias(_ words: [Int32], scales: [Float] = [1]) -> Operand {
    let shape = Shape(words.count)
    let quantization = Quantization(
      scales: scales, zeroPoints: scales.map { _ in 0 }, axis: 0)
    return Operand(TensorType(.int32, shape, quantization), constant: Bytes(copying: words))
  }

  /// Output 0 of an operator that has to accept the signature; constants come from it.
  static func of(
    _ operation: some Operator, _ signature: Signature, _ operands: [Int32]?...,
    profile: Profile = .tflm
  ) throws -> [Int32] {
    try operation.check(signature)
    let bytes = zip(signature.inputs, operands + [nil, nil]).map { operand, codes in
      operand?.constant
        ?? operand.flatMap { operand in
          codes.map { operand.type.element.bytes(of: $0) }
        }
    }
    return Example(operation, signature).result(of: bytes, profile: profile)
      .codes(of: signature.outputs[0].element)
  }

  /// What `check` throws.
  static func refusal(of operation: some Operator, _ signature: Signature) -> OperatorError? {
    do throws(OperatorError) { try operation.check(signature) } catch { return error }
    return nil
  }
}
