internal import Ops

extension FlatValue {
  /// The options table of an operator; subgraphs that it names are added to `routines`.
  init(_ options: OptionValues, _ routines: inout RoutineList) {
    var fields: [Int: FlatValue] = [:]
    for (slot, value) in options.values.sorted(by: { $0.key < $1.key }) {
      fields[slot] =
        switch value {
        case .int8(let number): .number(number)
        case .int32(let number): .number(number)
        case .float32(let number): .number(number.bitPattern)
        case .bool(let flag): .number(UInt8(flag ? 1 : 0))
        case .int32s(let numbers): .numbers(numbers)
        case .routine(let routine): .number(Int32(routines.add(routine)))
        }
    }
    self = .table(fields)
  }
}
