internal import Ops

extension FlatValue {
  /// The options table of an operator.
  init(_ options: OptionValues) {
    self = .table(
      options.values.mapValues { value in
        switch value {
        case .int8(let number): .number(number)
        case .int32(let number): .number(number)
        case .float32(let number): .number(number.bitPattern)
        case .bool(let flag): .number(UInt8(flag ? 1 : 0))
        case .int32s(let numbers): .numbers(numbers)
        }
      })
  }
}
