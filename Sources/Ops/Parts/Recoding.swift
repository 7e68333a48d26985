internal import Tensor

/// The code of uint8 that stands for nearly the same number in another quantization.
///
/// Source: TensorFlow Lite, `reference_ops::ConcatenationWithScaling`, in single precision.
struct Recoding: UnaryFunction {
  let variant: Int
  private let scale: Float
  private let offset: Float
  private let zeroPoint: Int32

  /// From the codes of operand `operand` to those of the result; `nil` where they are the same.
  init?(of operand: Int, from type: TensorType, to other: TensorType) {
    guard type.quantization != other.quantization, let from = type.quantization,
      let to = other.quantization
    else { return nil }
    variant = operand + 1
    scale = from.scales[0] * (1 / to.scales[0])
    offset = -Float(from.zeroPoints[0]) * scale
    zeroPoint = to.zeroPoints[0]
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(scale)
    hash.add(offset)
    hash.add(zeroPoint)
  }

  @inline(__always)
  func callAsFunction(_ x: UInt8) -> UInt8 {
    let steps = (Float(x) * scale + offset).rounded(.toNearestOrAwayFromZero)
    // Steps beyond the codes: any zero point leaves them so.
    return UInt8(clamping: Int32(min(max(steps, -0x1p24), 0x1p24)) &+ zeroPoint)
  }
}
