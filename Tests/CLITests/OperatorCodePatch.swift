/// Gives one kind of operator in a `.tflite` file another code, in place.
///
/// A flatbuffer's table begins with the distance to a list of 16-bit offsets of its fields, which
/// follow two such words. The model's field 1 is the vector of operator codes; in each, field 0 is
/// the code in one byte and field 3 in four.
struct OperatorCodePatch {
  private(set) var file: [UInt8]

  init(_ file: [UInt8]) { self.file = file }

  /// Replaces `old` by `new` and returns whether it was there.
  mutating func replace(_ old: UInt8, by new: UInt8) -> Bool {
    let model = word(0)
    guard let field = place(of: 1, in: model) else { return false }
    let vector = field + word(field)
    for index in 0..<word(vector) {
      let slot = vector + 4 + 4 * index
      let code = slot + word(slot)
      guard let short = place(of: 0, in: code), file[short] == old else { continue }
      file[short] = new
      if let long = place(of: 3, in: code) { file[long] = new }
      return true
    }
    return false
  }

  private func word(_ place: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(file[place + $1]) << (8 * $1) }
  }

  private func place(of field: Int, in table: Int) -> Int? {
    // The one distance with a sign: a table may stand before its list.
    let list = table - Int(Int32(truncatingIfNeeded: word(table)))
    let entry = list + 4 + 2 * field
    guard 4 + 2 * field < Int(file[list]) | Int(file[list + 1]) << 8 else { return nil }
    let offset = Int(file[entry]) | Int(file[entry + 1]) << 8
    return offset == 0 ? nil : table + offset
  }
}
