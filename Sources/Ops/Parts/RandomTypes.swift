internal import Glibc
package import Tensor

extension Operator {
  /// A random instance that reads an operand of a type that the operator is known to take.
  static func drawn(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example {
    guard let example = random(reading: type, using: &generator) else {
      preconditionFailure("\(builtins[0].name) takes \(type)")
    }
    return example
  }
}

extension Shape {
  /// A random shape of so many axes of such extents.
  static func random(
    axes: ClosedRange<Int>, extents: ClosedRange<Int>, using generator: inout SplitMix64
  ) -> Shape {
    let extents = (0..<Int.random(in: axes, using: &generator)).map { _ in
      Int.random(in: extents, using: &generator)
    }
    return Shape(checking: extents) ?? Shape(1)
  }
}

extension TensorType {
  /// A type of one of `elements`, quantized at random where that is an integer of at most 16 bits: in
  /// steps `near` a given one, with zero point 0 where that is `centered`.
  static func random(
    _ elements: [ElementType], _ shape: Shape, near scale: Float? = nil,
    centered: ElementType? = nil, using generator: inout SplitMix64
  ) -> TensorType {
    let element = elements.randomElement(using: &generator) ?? .int8
    guard element.codes != nil, element.sizeInBytes <= 2 else { return TensorType(element, shape) }
    let quantization = Quantization.random(element, near: scale, using: &generator)
    return TensorType(
      element, shape,
      element == centered
        ? Quantization(scale: quantization.scales[0], zeroPoint: 0) : quantization)
  }

  /// A type of one of `elements` with a random shape; see above.
  static func random(
    _ elements: [ElementType], axes: ClosedRange<Int>, extents: ClosedRange<Int>,
    centered: ElementType? = nil, using generator: inout SplitMix64
  ) -> TensorType {
    .random(
      elements, .random(axes: axes, extents: extents, using: &generator), centered: centered,
      using: &generator)
  }

  /// A type of a map of one of `elements`, with batches, rows, columns and channels.
  static func randomMap(
    _ elements: [ElementType], extents: ClosedRange<Int> = 1...8, centered: ElementType? = nil,
    using generator: inout SplitMix64
  ) -> TensorType {
    let shape = Shape(
      Int.random(in: 1...2, using: &generator), Int.random(in: extents, using: &generator),
      Int.random(in: extents, using: &generator), Int.random(in: 1...5, using: &generator))
    return .random(elements, shape, centered: centered, using: &generator)
  }
}

extension [ElementType] {
  /// What LiteRT's GATHER and GATHER_ND take.
  static let gathered: [ElementType] = [
    .bool, .int8, .uint8, .int16, .int32, .int64, .float16, .float32,
  ]

  /// What operators that move elements of any type are drawn with.
  static let moved: [ElementType] = [
    .int8, .int8, .uint8, .int16, .int32, .int64, .bool, .float32,
  ]
}

extension Quantization {
  /// A random quantization per tensor, its zero point often at an end of the codes: in steps of usual
  /// size, or up to 16 times larger or smaller than a given one.
  package static func random(
    _ element: ElementType, near scale: Float? = nil, using generator: inout SplitMix64
  ) -> Quantization {
    let codes = element.codes ?? 0...0
    let zeroPoint = [
      codes.lowerBound, codes.upperBound, (codes.lowerBound + codes.upperBound + 1) / 2,
      Int32.random(in: codes, using: &generator),
    ].randomElement(using: &generator)
    return Quantization(
      scale: scale.map { $0 * exp2(Float.random(in: -4...4, using: &generator)) }
        ?? Float.random(in: 0.002...0.2, using: &generator),
      zeroPoint: zeroPoint ?? 0)
  }
}

extension Operand {
  /// A constant of random codes, of random floats between -2 and 2, or of random bits.
  package static func randomConstant(
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
