/// Why an offline memory plan cannot be read from a model, or put into one.
public enum OfflinePlanError: Error, Hashable, Sendable {
  /// The model is none.
  case malformed(ModelError)
  /// The metadata holds too few or too many bytes for its header and the offsets that it counts.
  case payloadSize(found: Int, expected: Int)
  /// An offset that is negative or takes more than 31 bits.
  case offset(tensor: Int, found: Int)
  /// A plan for another number of tensors.
  case offsetCount(found: Int, expected: Int)
  /// A model that keeps data behind its FlatBuffer, at addresses that rewriting would move.
  case externalData(ModelPlace)
  /// A root table with a field that is not known, so that it cannot be copied.
  case unknownField(ModelPlace)
  /// The model would take more bytes than a FlatBuffer may.
  case tooLarge(byteCount: Int)
}

extension OfflinePlanError: CustomStringConvertible {
  /// Place, what was expected, what was found, what to do.
  public var description: String {
    let name = OfflinePlan.metadataName
    return switch self {
    case .malformed(let error): error.description
    case .payloadSize(let found, let expected):
      "metadata \(name): expected \(expected) bytes, found \(found); write the plan again"
    case .offset(let tensor, let found):
      "offset of tensor \(tensor): expected 0 to 2^31 - 1, found \(found); "
        + "lay the tensors out in less memory"
    case .offsetCount(let found, let expected):
      "offsets: expected one for each of \(expected) tensors, found \(found); "
        + "make the plan from this model"
    case .externalData(let place):
      "\(place): expected all data inside the FlatBuffer, found some behind it; "
        + "export the model with buffers of its own"
    case .unknownField(let place):
      "\(place): expected the fields of schema version 3, found another; "
        + "export the model without it"
    case .tooLarge(let byteCount):
      "model: expected at most 2^31 - 1 bytes with the plan, found \(byteCount)"
    }
  }
}
