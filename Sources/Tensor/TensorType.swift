/// What is known of a tensor before it has values.
public struct TensorType: Hashable, Sendable {
  /// The type of one element.
  public var element: ElementType
  /// The extents.
  public var shape: Shape
  /// How codes stand for real numbers; `nil` for tensors that are not quantized.
  public var quantization: Quantization?

  /// Makes a tensor type.
  public init(_ element: ElementType, _ shape: Shape, _ quantization: Quantization? = nil) {
    self.element = element
    self.shape = shape
    self.quantization = quantization
  }

  /// Bytes of all elements, without padding.
  public var sizeInBytes: Int { shape.count * element.sizeInBytes }
}

extension TensorType: CustomStringConvertible {
  /// Element type and extents.
  public var description: String { "\(element)\(shape)" }
}
