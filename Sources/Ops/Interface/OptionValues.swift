/// An options table in memory.
public struct OptionValues: OptionTable, Hashable, Sendable {
  /// One field's value.
  public enum Value: Hashable, Sendable {
    case int8(Int8)
    case int32(Int32)
    case float32(Float)
    case bool(Bool)
    case int32s([Int32])
    case routine(Routine)
  }

  /// The fields by slot; one that is absent has its default.
  public var values: [Int: Value]

  /// Makes a table of the given fields.
  public init(_ values: [Int: Value] = [:]) { self.values = values }

  /// One signed byte.
  public func int8(_ slot: Int, default absent: Int8) throws(OptionError) -> Int8 {
    switch values[slot] {
    case nil: return absent
    case .int8(let value): return value
    default: throw OptionError(slot: slot, expected: "int8")
    }
  }

  /// One signed word of 32 bits.
  public func int32(_ slot: Int, default absent: Int32) throws(OptionError) -> Int32 {
    switch values[slot] {
    case nil: return absent
    case .int32(let value): return value
    default: throw OptionError(slot: slot, expected: "int32")
    }
  }

  /// One float.
  public func float32(_ slot: Int, default absent: Float) throws(OptionError) -> Float {
    switch values[slot] {
    case nil: return absent
    case .float32(let value): return value
    default: throw OptionError(slot: slot, expected: "float32")
    }
  }

  /// One truth value.
  public func bool(_ slot: Int, default absent: Bool) throws(OptionError) -> Bool {
    switch values[slot] {
    case nil: return absent
    case .bool(let value): return value
    default: throw OptionError(slot: slot, expected: "bool")
    }
  }

  /// A vector of signed words of 32 bits.
  public func int32s(_ slot: Int) throws(OptionError) -> [Int32] {
    switch values[slot] {
    case nil: return []
    case .int32s(let value): return value
    default: throw OptionError(slot: slot, expected: "[int32]")
    }
  }

  /// A subgraph.
  public func routine(_ slot: Int) throws(OptionError) -> Routine {
    guard case .routine(let value) = values[slot] else {
      throw OptionError(slot: slot, expected: "a subgraph")
    }
    return value
  }
}
