package import Ops

extension FlexMap: OptionTable {
  /// A number of one signed byte.
  package func int8(_ slot: Int, default value: Int8) throws(OptionError) -> Int8 {
    try integer(slot, "int8", default: value)
  }

  /// A number of one signed 32-bit word.
  package func int32(_ slot: Int, default value: Int32) throws(OptionError) -> Int32 {
    try integer(slot, "int32", default: value)
  }

  /// A number, rounded to a float.
  package func float32(_ slot: Int, default value: Float) throws(OptionError) -> Float {
    switch try number(slot, "a number") {
    case .signed(let number): Float(number)
    case .unsigned(let number): Float(number)
    case .real(let number): Float(number)
    case nil: value
    }
  }

  /// A truth value: any number but 0 is true.
  package func bool(_ slot: Int, default value: Bool) throws(OptionError) -> Bool {
    switch try number(slot, "a truth value") {
    case .signed(let number): number != 0
    case .unsigned(let number): number != 0
    case .real(let number): number != 0
    case nil: value
    }
  }

  /// None: no custom operator of the catalogue has a vector.
  package func int32s(_ slot: Int) throws(OptionError) -> [Int32] {
    guard try number(slot, "no vector") == nil else {
      throw OptionError(slot: slot, expected: "no number")
    }
    return []
  }

  /// A number that the type has; what a float has behind the point is dropped.
  private func integer<Value: FixedWidthInteger>(
    _ slot: Int, _ expected: String, default value: Value
  ) throws(OptionError) -> Value {
    let integer: Value? =
      switch try number(slot, expected) {
      case .signed(let number): Value(exactly: number)
      case .unsigned(let number): Value(exactly: number)
      case .real(let number): Value(exactly: number.rounded(.towardZero))
      case nil: value
      }
    guard let integer else {
      throw OptionError(slot: slot, expected: "a number that fits \(expected)")
    }
    return integer
  }
}
