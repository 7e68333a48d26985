internal import Ops

/// The kinds of operators that a model to be written lists, each once.
struct OperatorCodes {
  /// The operator, and the version of its definition.
  private struct Code: Hashable {
    let builtin: Builtin
    let version: Int
  }

  private var codes: [Code] = []
  private var indices: [Code: Int] = [:]

  /// The place of an operator in the list.
  mutating func index(of builtin: Builtin, version: Int) -> Int {
    let code = Code(builtin: builtin, version: version)
    if let index = indices[code] { return index }
    indices[code] = codes.count
    codes.append(code)
    return codes.count - 1
  }

  /// The tables of the list.
  ///
  /// The code stands twice: readers of old took it from a field of one byte.
  var tables: FlatValue {
    .pieces(
      codes.map { code in
        .fields([
          Schema.OperatorCode.deprecatedBuiltinCode: .number(Int8(clamping: code.builtin.code)),
          Schema.OperatorCode.customCode: code.builtin.isCustom ? .string(code.builtin.name) : nil,
          Schema.OperatorCode.version: .number(Int32(code.version)),
          Schema.OperatorCode.builtinCode: .number(Int32(code.builtin.code)),
        ])
      })
  }
}
