/// How the bytes and the scales of a tensor are to be read.
public enum TensorEncoding: Hashable, Sendable {
  /// Row-major elements; one scale, or one per coordinate of one axis.
  case plain
  /// A constant that keeps some of its elements, with an index of them; `constant` has only those.
  case sparse
  /// A constant in another file; `constant` is `nil`.
  case external
  /// Parameters that replace scales and zero points, by the schema's code of their kind.
  ///
  /// 1 is custom, 2 by blocks, 3 by several axes.
  case quantizationDetails(Int)
}

extension TensorEncoding: CustomStringConvertible {
  /// What the encoding is, for messages.
  public var description: String {
    switch self {
    case .plain: "plain"
    case .sparse: "sparse"
    case .external: "kept in another file"
    case .quantizationDetails(1): "quantization of a custom kind"
    case .quantizationDetails(2): "quantization by blocks"
    case .quantizationDetails(3): "quantization by several axes"
    case .quantizationDetails(let code): "quantization details of unknown kind \(code)"
    }
  }
}
