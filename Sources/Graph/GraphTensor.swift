public import Tensor

/// A tensor of a network.
public struct GraphTensor: Hashable, Sendable {
  /// The name that the model gives it; names need not differ.
  public let name: String
  /// Element type, shape and quantization.
  public let type: TensorType
  /// The value of a constant, row-major; `nil` for an activation.
  public let constant: Bytes?

  /// Makes a tensor.
  public init(name: String, type: TensorType, constant: Bytes? = nil) {
    self.name = name
    self.type = type
    self.constant = constant
  }

  /// The name, cut to what a line of a report has room for: converters join the names of all that
  /// they fused by semicolons.
  public var shortName: String {
    let first = name.prefix { $0 != ";" }
    return first.count <= 40 ? String(first) : "…" + first.suffix(39)
  }
}
