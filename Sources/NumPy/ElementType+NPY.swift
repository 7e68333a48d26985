internal import Tensor

extension ElementType {
  /// The type code that numpy writes for this type on a little-endian machine.
  var npyDescriptor: String { (sizeInBytes == 1 ? "|" : "<") + npyCode }

  /// The type code without its byte order.
  private var npyCode: String {
    switch self {
    case .bool: "b1"
    case .int4, .int8: "i1"
    case .uint8: "u1"
    case .int16: "i2"
    case .uint16: "u2"
    case .int32: "i4"
    case .uint32: "u4"
    case .int64: "i8"
    case .uint64: "u8"
    case .float16: "f2"
    case .float32: "f4"
    case .float64: "f8"
    }
  }

  /// The types that numpy has; an int4 is written as an int8.
  static let npyElements = allCases.filter { $0 != .int4 }

  private static let typesByCode = Dictionary(
    uniqueKeysWithValues: npyElements.map { ($0.npyCode, $0) })

  /// The type that a type code of an .npy header means; `nil` if it is none of ours.
  ///
  /// "=" (the machine's order) is taken for little-endian. "|" (no order) and ">" need elements of
  /// one byte, for which every order is sound.
  static func reading(npyDescriptor: String) -> ElementType? {
    guard let type = typesByCode[String(npyDescriptor.dropFirst())] else { return nil }
    switch npyDescriptor.first {
    case "<", "=": return type
    case "|", ">": return type.sizeInBytes == 1 ? type : nil
    default: return nil
    }
  }
}
