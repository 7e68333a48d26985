import Ops
import Tensor
import TestSupport

/// Operators on small tensors of floats, for cases worked out by hand.
enum Floats {
  /// A type of float32.
  static func type(_ shape: Shape) -> TensorType { TensorType(.float32, shape) }

  /// A constant.
  static func constant(_ shape: Shape, _ numbers: [Float]) -> Operand {
    Operand(type(shape), constant: Bytes(copying: numbers))
  }

  /// Result 0 of an operator that has to accept the signature; constants come from it.
  static func of(
    _ operation: some Operator, _ signature: Signature, _ operands: [Float]?...
  ) throws -> [Float] {
    let bytes = zip(signature.inputs, operands + [nil, nil, nil]).map {
      $1.map(Bytes.init(copying:))
    }
    return try Codes.result(of: operation, signature, bytes).elements(of: Float.self)
  }
}
