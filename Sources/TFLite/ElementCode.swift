internal import Tensor

/// A member of the schema's enumeration of tensor types.
enum ElementCode {
  /// The element type of this code; `nil` for types that have none here.
  static func element(of code: Int) -> ElementType? {
    switch code {
    case 0: .float32
    case 1: .float16
    case 2: .int32
    case 3: .uint8
    case 4: .int64
    case 6: .bool
    case 7: .int16
    case 9: .int8
    case 10: .float64
    case 12: .uint64
    case 15: .uint32
    case 16: .uint16
    case 17: .int4
    default: nil
    }
  }

  /// The code of a handle of a variable.
  static let resource: Int8 = 13

  /// The code of an element type.
  static func code(of element: ElementType) -> Int8 {
    switch element {
    case .float32: 0
    case .float16: 1
    case .int32: 2
    case .uint8: 3
    case .int64: 4
    case .bool: 6
    case .int16: 7
    case .int8: 9
    case .float64: 10
    case .uint64: 12
    case .uint32: 15
    case .uint16: 16
    case .int4: 17
    }
  }

  /// The name of this code for messages.
  static func name(of code: Int) -> String {
    if let element = element(of: code) { return element.rawValue }
    return unmapped[code] ?? "unknown type \(code)"
  }

  private static let unmapped = [
    5: "string", 8: "complex64", 11: "complex128", 13: "resource", 14: "variant",
    18: "bfloat16", 19: "int2", 20: "uint4", 21: "float8_e4m3fn", 22: "float8_e5m2",
  ]
}
