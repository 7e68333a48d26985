public import Ops

extension FlatTable: OptionTable {
  /// A field of one signed byte.
  public func int8(_ slot: Int, default value: Int8) throws(OptionError) -> Int8 {
    try option(slot, "int8") { (field) throws(ModelError) in try number(field, default: value) }
  }

  /// A field of one signed 32-bit word.
  public func int32(_ slot: Int, default value: Int32) throws(OptionError) -> Int32 {
    try option(slot, "int32") { (field) throws(ModelError) in try number(field, default: value) }
  }

  /// A field of one float.
  public func float32(_ slot: Int, default value: Float) throws(OptionError) -> Float {
    try option(slot, "float32") { (field) throws(ModelError) in try float(field, default: value) }
  }

  /// A field of one truth value: any byte but 0 is true.
  public func bool(_ slot: Int, default value: Bool) throws(OptionError) -> Bool {
    try option(slot, "bool") { (field) throws(ModelError) in
      try number(field, default: value ? UInt8(1) : 0) != 0
    }
  }

  /// A vector of signed 32-bit words; empty when absent.
  ///
  /// Many operators may refer to one vector, and each keeps a copy: one of more than
  /// `largestOptionCount` words is refused.
  public func int32s(_ slot: Int) throws(OptionError) -> [Int32] {
    let words = try option(slot, "a vector of int32") { (field) throws(ModelError) in
      try vector(field, stride: 4)
    }
    guard let words else { return [] }
    guard words.count <= Self.largestOptionCount else {
      throw OptionError(
        slot: slot, expected: "at most \(Self.largestOptionCount) of int32, not \(words.count)")
    }
    return words.numbers(as: Int32.self)
  }

  /// More words than an attribute of any operator has: about one per axis of a tensor.
  private static let largestOptionCount = 256

  private func option<Value>(
    _ slot: Int, _ expected: String, read: (Field) throws(ModelError) -> Value
  ) throws(OptionError) -> Value {
    do throws(ModelError) {
      return try read(Field(slot, "option"))
    } catch {
      throw OptionError(slot: slot, expected: expected, offset: error.place.offset)
    }
  }
}
