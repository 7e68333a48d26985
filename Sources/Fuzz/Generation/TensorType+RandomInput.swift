internal import Ops
internal import Tensor

extension TensorType {
  /// A type of a network input: a map of extents up to a largest one, mostly of int8, at times in
  /// hostile steps.
  static func randomInput(
    upTo largestExtent: Int, using generator: inout SplitMix64
  ) -> TensorType {
    func extent(_ largest: Int) -> Int {
      // One in eight is 1.
      Int.random(in: 0..<8, using: &generator) == 0
        ? 1 : Int.random(in: 1...max(1, largest), using: &generator)
    }
    let element =
      [ElementType.int8, .int8, .int8, .int8, .int8, .uint8, .int16, .float32]
      .randomElement(using: &generator) ?? .int8
    let batches = Int.random(in: 0..<8, using: &generator) == 0 ? 2 : 1
    let shape = Shape(
      batches, extent(largestExtent), extent(largestExtent), extent(min(8, largestExtent / 2)))
    var type = TensorType(element, shape)
    if element.codes != nil {
      let quantization = Quantization.random(element, using: &generator)
      type.quantization =
        element == .int16
        ? Quantization(scale: quantization.scales[0], zeroPoint: 0) : quantization
    }
    if Int.random(in: 0..<8, using: &generator) == 0 { type.makeHostile(using: &generator) }
    return type
  }

  /// Exchanges the quantization for one in tiny or huge steps, its zero point at an end of the codes.
  mutating func makeHostile(using generator: inout SplitMix64) {
    guard let codes = element.codes, quantization?.isPerTensor ?? false else { return }
    let isCentered = element.sizeInBytes > 1
    let fraction = Float.random(in: 1..<2, using: &generator)
    let exponent = Int.random(in: -30...30, using: &generator)
    quantization = Quantization(
      scale: Float(sign: .plus, exponent: exponent, significand: fraction),
      zeroPoint: isCentered
        ? 0 : Bool.random(using: &generator) ? codes.lowerBound : codes.upperBound)
  }

  /// Whether all steps are normal numbers above 0.
  var hasSoundSteps: Bool {
    quantization?.scales.allSatisfy { $0.isNormal && $0 > 0 } ?? true
  }
}
