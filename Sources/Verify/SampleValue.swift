internal import Ops
internal import Tensor

/// What the elements of one network input are in a sample.
enum SampleValue {
  case lowest
  case highest
  case zero
  /// Codes of all magnitudes; floats, and integers of 32 bits, up to `magnitude`.
  case random(magnitude: Float)

  /// A value of a whole tensor, row-major.
  func bytes(of type: TensorType, using generator: inout SplitMix64) -> Bytes {
    let count = type.shape.count
    switch type.element {
    case .float32: return Bytes(copying: (0..<count).map { _ in float(using: &generator) })
    case .int4, .int8, .uint8, .int16, .uint16, .int32:
      return type.element.bytes(
        of: (0..<count).map { _ in
          code(type.element.codes ?? 0...0, type.quantization?.zeroPoints[0] ?? 0, &generator)
        })
    case .bool, .uint32, .int64, .uint64, .float16, .float64:
      // Small numbers are sound in every one of these types.
      let isRandom = if case .random = self { true } else { false }
      return Bytes(
        copying: (0..<count * type.element.sizeInBytes).map { index in
          isRandom && index % type.element.sizeInBytes == 0
            ? UInt8.random(in: 0...1, using: &generator) : 0
        })
    }
  }

  private func float(using generator: inout SplitMix64) -> Float {
    switch self {
    case .lowest: -1
    case .highest: 1
    case .zero: 0
    case .random(let magnitude): Float.random(in: -magnitude...magnitude, using: &generator)
    }
  }

  private func code(
    _ codes: ClosedRange<Int32>, _ zeroPoint: Int32, _ generator: inout SplitMix64
  ) -> Int32 {
    switch self {
    case .lowest: codes.lowerBound
    case .highest: codes.upperBound
    case .zero: zeroPoint
    // Integers without a scale are indices as a rule.
    case .random(let magnitude) where codes.count > 1 << 16:
      Int32.random(in: 0...Int32(magnitude), using: &generator)
    case .random: Int32.random(in: codes, using: &generator)
    }
  }
}
