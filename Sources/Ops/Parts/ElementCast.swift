internal import Tensor

/// A number of one type in another, both as the bits of a word of 64.
struct ElementCast: Sendable {
  let input: ElementType
  let output: ElementType
  private let body: @Sendable (Int64) -> Int64

  init(from input: ElementType, to output: ElementType) {
    self.input = input
    self.output = output
    if input.isFloat {
      body = { bits in Self.bits(of: Self.real(bits, input), as: output) }
    } else {
      body = { bits in Self.bits(of: Self.integer(bits, input), as: output) }
    }
  }

  /// What tells it from other casts.
  var parameters: [UInt64] {
    [input, output].map { UInt64(ElementType.allCases.firstIndex(of: $0) ?? 0) }
  }

  /// The bits of the result, of which as many count as its type has; those of the operand are extended by its
  /// sign.
  func callAsFunction(_ bits: Int64) -> Int64 { body(bits) }

  private static func integer(_ bits: Int64, _ type: ElementType) -> Int64 {
    switch type {
    case .bool: bits == 0 ? 0 : 1
    case .uint8: bits & 0xFF
    case .uint16: bits & 0xFFFF
    case .uint32: bits & 0xFFFF_FFFF
    default: bits
    }
  }

  private static func real(_ bits: Int64, _ type: ElementType) -> Double {
    switch type {
    case .float16: Double(Float16(bitPattern: UInt16(truncatingIfNeeded: bits)))
    case .float32: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    default: Double(bitPattern: UInt64(bitPattern: bits))
    }
  }

  /// What does not fit wraps.
  private static func bits(of number: Int64, as type: ElementType) -> Int64 {
    switch type {
    case .bool: number == 0 ? 0 : 1
    case .float16: Int64(Float16(Float(number)).bitPattern)
    case .float32: Int64(Float(number).bitPattern)
    case .float64: Int64(bitPattern: Double(number).bitPattern)
    default: number
    }
  }

  /// What does not fit is the nearest integer, or, if it is no number, the largest one.
  private static func bits(of number: Double, as type: ElementType) -> Int64 {
    switch type {
    case .bool: return number == 0 ? 0 : 1
    case .float16: return Int64(Float16(Float(number)).bitPattern)
    case .float32: return Int64(Float(number).bitPattern)
    case .float64: return Int64(bitPattern: number.bitPattern)
    default:
      let bits = type.sizeInBytes * 8 - (type.isSigned ? 1 : 0)
      let largest = Int64(truncatingIfNeeded: UInt64.max >> UInt64(64 - bits))
      let smallest = type.isSigned ? -largest - 1 : 0
      guard let exact = Int64(exactly: number.rounded(.towardZero)) else {
        return number < 0 ? smallest : largest
      }
      return min(max(exact, smallest), largest)
    }
  }
}

extension ElementType {
  /// Whether elements are floating-point numbers.
  var isFloat: Bool { [.float16, .float32, .float64].contains(self) }

  /// Whether integers of the type may be below 0.
  var isSigned: Bool { [.int8, .int16, .int32, .int64].contains(self) }
}
