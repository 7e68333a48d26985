import Tensor

/// A map of FlexBuffers, written value by value.
struct FlexFile {
  /// A value, and how it is stored.
  enum Value: Sendable {
    case null
    case signed(Int64)
    case unsigned(UInt64)
    case real(Double)
    case bool(Bool)
    /// A number outside the map, in a width of its own.
    indirect case outside(Value, width: Int)
    /// A kind that is no number.
    case other(UInt8)
  }

  private(set) var content: [UInt8] = []

  var bytes: Bytes { Bytes(copying: content) }

  init(_ values: [(key: String, value: Value)], width: Int = 4, keyWidth: Int = 1) {
    let keys = values.map { write(Array($0.key.utf8) + [0]) }
    let targets = values.map { entry in
      if case .outside(let value, let width) = entry.value {
        write(Self.bytes(of: value, width: width))
      } else {
        0
      }
    }
    content += Self.bytes(UInt64(values.count), keyWidth)
    let keyVector = content.count
    for key in keys { refer(to: key, width: keyWidth) }
    refer(to: keyVector, width: width)
    content += Self.bytes(UInt64(keyWidth), width) + Self.bytes(UInt64(values.count), width)
    let start = content.count
    for (entry, target) in zip(values, targets) {
      if case .outside = entry.value {
        refer(to: target, width: width)
      } else {
        content += Self.bytes(of: entry.value, width: width)
      }
    }
    content += values.map { Self.kind(of: $0.value, width: width) }
    let root = content.count
    refer(to: start, width: 2)
    content += [9 << 2 | UInt8(width.trailingZeroBitCount), 2]
    precondition(root - start < 1 << 16, "the root is near")
  }

  private mutating func write(_ bytes: [UInt8]) -> Int {
    content += bytes
    return content.count - bytes.count
  }

  private mutating func refer(to target: Int, width: Int) {
    content += Self.bytes(UInt64(content.count - target), width)
  }

  private static func bytes(_ number: UInt64, _ width: Int) -> [UInt8] {
    Array(littleEndian(number)[..<width])
  }

  private static func bytes(of value: Value, width: Int) -> [UInt8] {
    switch value {
    case .signed(let number): bytes(UInt64(bitPattern: number), width)
    case .unsigned(let number): bytes(number, width)
    case .real(let number):
      width == 8
        ? littleEndian(number.bitPattern)
        : bytes(UInt64(Float(number).bitPattern), width)
    case .bool(let flag): bytes(flag ? 1 : 0, width)
    case .null, .other, .outside: bytes(0, width)
    }
  }

  private static func kind(of value: Value, width: Int) -> UInt8 {
    switch value {
    case .null: 0
    case .signed: 1 << 2 | UInt8(width.trailingZeroBitCount)
    case .unsigned: 2 << 2 | UInt8(width.trailingZeroBitCount)
    case .real: 3 << 2 | UInt8(width.trailingZeroBitCount)
    case .bool: 26 << 2 | UInt8(width.trailingZeroBitCount)
    case .other(let kind): kind << 2
    case .outside(let value, let width): kind(of: value, width: width) + 5 << 2
    }
  }
}
