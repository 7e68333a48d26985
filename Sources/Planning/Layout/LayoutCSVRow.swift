/// A buffer as a line of a table states it.
struct LayoutCSVRow {
  let id: String
  let buffer: LayoutProblem.Buffer

  /// Reads a line whose fields are `columns`.
  init(_ line: LayoutCSVLine, _ columns: [LayoutCSV.Column]) throws(LayoutCSVError) {
    guard line.fields.count == columns.count else {
      throw LayoutCSVError(
        line: line.number, expected: "\(columns.count) fields",
        found: "\(line.fields.count): \(line.fields.joined(separator: ","))")
    }
    var numbers: [LayoutCSV.Column: Int] = [:]
    var id = ""
    for (column, field) in zip(columns, line.fields) {
      switch column {
      case .id: id = field
      case .offset where field.isEmpty: continue
      case .lower, .upper, .size, .offset:
        guard let number = Int(field) else {
          throw LayoutCSVError(
            line: line.number, column: column, expected: "a whole number", found: field)
        }
        numbers[column] = number
      }
    }
    guard !id.isEmpty else {
      throw LayoutCSVError(line: line.number, column: .id, expected: "a name", found: "none")
    }
    let (lower, upper) = (numbers[.lower, default: 0], numbers[.upper, default: 0])
    guard lower < upper else {
      throw LayoutCSVError(
        line: line.number, column: .upper, expected: "a time after lower, which is \(lower)",
        found: "\(upper)")
    }
    self.id = id
    buffer = LayoutProblem.Buffer(
      sizeInBytes: numbers[.size, default: 0], lifespans: [lower..<upper],
      fixedOffset: numbers[.offset])
  }
}
