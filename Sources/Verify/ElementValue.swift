internal import Ops
public import Tensor

/// One element of a tensor.
public struct ElementValue: Hashable, Sendable {
  /// Its type.
  public let element: ElementType
  /// Its bytes, little-endian.
  public let bytes: [UInt8]

  /// Makes a value; there are as many bytes as the type has.
  public init(_ element: ElementType, _ bytes: [UInt8]) {
    self.element = element
    self.bytes = bytes
  }

  /// The element at row-major `index` of a value.
  init(_ element: ElementType, at index: Int, of value: Bytes) {
    let width = element.sizeInBytes
    self.init(
      element,
      value[index * width..<(index + 1) * width]?.elements(of: UInt8.self) ?? [])
  }
}

extension ElementValue: CustomStringConvertible {
  /// The code, or the float with its bits.
  public var description: String {
    let number = Bytes(copying: bytes).numbers(of: element)[0]
    switch element {
    case .float16, .float32, .float64:
      let digits = bytes.reversed().map { String(Int($0) + 256, radix: 16).dropFirst() }
      return "\(number) (0x\(digits.joined()))"
    case .int4, .int8, .uint8, .int16, .uint16, .int32, .uint32, .bool, .int64, .uint64:
      return "\(Int(number))"
    }
  }
}
