/// A layout problem as a table of comma-separated values, in minimalloc's format.
///
/// A header names the columns: `id`, `lower`, `upper` and `size`, and, if there is one, `offset`, in any order. A
/// buffer of `size` bytes is live from time `lower` until before `upper`; where `offset` is not empty, it has to
/// stay there. Ids are any text without a comma, each of one buffer. Lines end with a line feed, or a carriage
/// return and a line feed; empty ones are passed over.
public struct LayoutCSV: Hashable, Sendable {
  /// The columns.
  enum Column: String, CaseIterable {
    case id, lower, upper, size, offset
  }

  /// The name of each buffer.
  public let ids: [String]
  /// The buffers.
  public let problem: LayoutProblem

  /// Reads a table in UTF-8; offsets that are not fixed will be multiples of `alignment`.
  ///
  /// - Throws: the first fault, with its line.
  /// - Complexity: O(n log n) in the length of the text.
  public init(parsing text: [UInt8], alignment: Int = 1) throws(LayoutCSVError) {
    var lines = LayoutCSVLines(text)
    guard let header = try lines.next() else {
      throw LayoutCSVError(line: 1, expected: "a header: id,lower,upper,size", found: "no line")
    }
    let columns = try Self.columns(header)
    var (ids, buffers): ([String], [LayoutProblem.Buffer]) = ([], [])
    var lineOfID: [String: Int] = [:]
    var lineOfBuffer: [Int] = []
    while let line = try lines.next() {
      let row = try LayoutCSVRow(line, columns)
      if let other = lineOfID[row.id] {
        throw LayoutCSVError(
          line: line.number, column: .id, expected: "another name than line \(other) has",
          found: row.id)
      }
      lineOfID[row.id] = line.number
      ids.append(row.id)
      lineOfBuffer.append(line.number)
      buffers.append(row.buffer)
    }
    let problem = LayoutProblem(buffers: buffers, alignment: alignment)
    if let fault = problem.fault { throw LayoutCSVError(fault, ids: ids, lines: lineOfBuffer) }
    self.ids = ids
    self.problem = problem
  }

  /// The columns that a header names.
  private static func columns(_ header: LayoutCSVLine) throws(LayoutCSVError) -> [Column] {
    var columns: [Column] = []
    for name in header.fields {
      guard let column = Column(rawValue: name), !columns.contains(column) else {
        throw LayoutCSVError(
          line: header.number, expected: "the columns id, lower, upper, size, offset, each once",
          found: name)
      }
      columns.append(column)
    }
    for column in Column.allCases where column != .offset && !columns.contains(column) {
      throw LayoutCSVError(
        line: header.number, expected: "a column \(column.rawValue)",
        found: header.fields.joined(separator: ","))
    }
    return columns
  }

  /// The table with the offset of each buffer.
  ///
  /// - Precondition: there is an offset for each buffer.
  public func text(offsets: [Int]) -> String {
    var lines = ["id,lower,upper,size,offset"]
    for (index, buffer) in problem.buffers.enumerated() {
      let lifespan = buffer.lifespans[0]
      lines.append(
        "\(ids[index]),\(lifespan.lowerBound),\(lifespan.upperBound),\(buffer.sizeInBytes),"
          + "\(offsets[index])")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
