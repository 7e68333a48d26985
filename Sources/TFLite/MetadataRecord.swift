public import Tensor

/// Bytes that a tool attached to a model under a name.
public struct MetadataRecord: Hashable, Sendable {
  /// The name that says how to read them.
  public let name: String
  /// The bytes, in place.
  public let bytes: Bytes
}
