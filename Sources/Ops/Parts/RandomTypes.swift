internal import Tensor

extension TensorType {
  /// A type of one of `elements`, quantized at random where that is an integer of at most 16 bits; with
  /// zero point 0 where that is `centered`.
  static func random(
    _ elements: [ElementType], _ shape: Shape, centered: ElementType? = nil,
    using generator: inout SplitMix64
  ) -> TensorType {
    let element = elements.randomElement(using: &generator) ?? .int8
    let isQuantized = element.codes != nil && element.sizeInBytes <= 2
    var type = TensorType(element, shape, isQuantized ? .random(element, using: &generator) : nil)
    if element == centered, let quantization = type.quantization {
      type.quantization = Quantization(scale: quantization.scales[0], zeroPoint: 0)
    }
    return type
  }
}

extension [ElementType] {
  /// What operators that move elements of any type are drawn with.
  static let moved: [ElementType] = [
    .int8, .int8, .uint8, .int16, .int32, .int64, .bool, .float32,
  ]
}

extension Quantization {
  /// A random quantization per tensor, its zero point often at an end of the codes.
  static func random(
    _ element: ElementType, using generator: inout SplitMix64
  ) -> Quantization {
    let codes = element.codes ?? 0...0
    let zeroPoint = [
      codes.lowerBound, codes.upperBound, (codes.lowerBound + codes.upperBound + 1) / 2,
      Int32.random(in: codes, using: &generator),
    ].randomElement(using: &generator)
    return Quantization(
      scale: Float.random(in: 0.002...0.2, using: &generator), zeroPoint: zeroPoint ?? 0)
  }
}

extension Operand {
  /// A constant of random codes, of random floats between -2 and 2, or of random bits.
  static func randomConstant(
    _ type: TensorType, using generator: inout SplitMix64
  ) -> Operand {
    guard let codes = type.element.codes else {
      if type.element != .float32 {
        let bits = (0..<type.sizeInBytes).map { _ in UInt8.random(in: 0...1, using: &generator) }
        return Operand(type, constant: Bytes(copying: bits))
      }
      let numbers = (0..<type.shape.count).map { _ in Float.random(in: -2...2, using: &generator) }
      return Operand(type, constant: Bytes(copying: numbers))
    }
    let values = (0..<type.shape.count).map { _ in Int32.random(in: codes, using: &generator) }
    return Operand(type, constant: type.element.bytes(of: values))
  }
}
