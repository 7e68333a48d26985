/// The type of one tensor element.
///
/// An element of `int4` takes a byte wherever it is computed with; files pack two of them into one.
public enum ElementType: String, Hashable, Sendable, CaseIterable {
  case bool, int4, int8, uint8, int16, uint16, int32, uint32, int64, uint64, float16, float32,
    float64

  /// Bytes that one element occupies.
  public var sizeInBytes: Int {
    switch self {
    case .bool, .int4, .int8, .uint8: 1
    case .int16, .uint16, .float16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// The codes a quantized tensor of this type may hold, or `nil` for types that are not integers of
  /// at most 32 bits.
  public var codes: ClosedRange<Int32>? {
    switch self {
    case .int4: -8...7
    case .int8: -128...127
    case .uint8: 0...255
    case .int16: -32768...32767
    case .uint16: 0...65535
    case .int32: Int32.min...Int32.max
    case .bool, .uint32, .int64, .uint64, .float16, .float32, .float64: nil
    }
  }
}

extension ElementType: CustomStringConvertible {
  /// NumPy's name of the type.
  public var description: String { rawValue }
}
