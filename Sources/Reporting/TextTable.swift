/// A table of text, columns aligned, for terminals.
public struct TextTable {
  private var rows: [[String]]
  private let rightAligned: Set<Int>

  /// Starts a table.
  ///
  /// - Parameters:
  ///   - header: the columns' titles.
  ///   - rightAligned: the columns of numbers.
  public init(_ header: [String], rightAligned: Set<Int> = []) {
    rows = [header]
    self.rightAligned = rightAligned
  }

  /// Adds a row of as many cells as there are columns.
  public mutating func add(_ cells: [String]) { rows.append(cells) }

  /// The lines, without trailing blanks.
  public var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return rightAligned.contains(column) ? padding + cell : cell + padding
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
