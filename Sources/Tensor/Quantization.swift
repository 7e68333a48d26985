/// How the codes of a tensor stand for real numbers: `real = scale * (code - zeroPoint)`.
///
/// Per tensor there is one scale and one zero point; per axis, one of each for every coordinate of
/// `axis`. Source: TensorFlow Lite's 8-bit quantization specification.
public struct Quantization: Hashable, Sendable {
  /// One scale, or one per coordinate of `axis`; each is finite and not 0.
  ///
  /// A single scale is above 0. Among the scales per axis of a constant, some converters write
  /// negative ones.
  public let scales: [Float]
  /// As many as there are scales.
  public let zeroPoints: [Int32]
  /// The axis that several scales belong to; 0 for a single one.
  public let axis: Int

  /// Quantizes the whole tensor alike.
  public init(scale: Float, zeroPoint: Int32) {
    scales = [scale]
    zeroPoints = [zeroPoint]
    axis = 0
  }

  /// Quantizes each coordinate of `axis` by its own scale and zero point.
  ///
  /// - Precondition: there are as many zero points as scales.
  public init(scales: [Float], zeroPoints: [Int32], axis: Int) {
    precondition(scales.count == zeroPoints.count, "each scale has its zero point")
    self.scales = scales
    self.zeroPoints = zeroPoints
    self.axis = axis
  }

  /// Whether one scale holds for the whole tensor.
  public var isPerTensor: Bool { scales.count == 1 }

  /// The scale of coordinate `index` of `axis`.
  public func scale(at index: Int) -> Float { isPerTensor ? scales[0] : scales[index] }

  /// The zero point of coordinate `index` of `axis`.
  public func zeroPoint(at index: Int) -> Int32 { isPerTensor ? zeroPoints[0] : zeroPoints[index] }
}
