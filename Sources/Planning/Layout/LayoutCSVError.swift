/// What is wrong with a table of buffers.
public struct LayoutCSVError: Error, Hashable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// The column's name; `nil` where it is about the line.
  public let column: String?
  /// What should be there.
  public let expected: String
  /// What is there, shortened.
  public let found: String

  init(line: Int, column: LayoutCSV.Column? = nil, expected: String, found: String) {
    self.line = line
    self.column = column?.rawValue
    self.expected = expected
    self.found = found.count > 40 ? found.prefix(40) + "…" : found
  }

  /// Names the line that a fault of the problem is about.
  init(_ fault: LayoutFault, ids: [String], lines: [Int]) {
    let largest = LayoutProblem.largestNumber
    switch fault {
    case .negativeSize(let buffer, let found):
      self.init(
        line: lines[buffer], column: .size, expected: "at least 0", found: "\(found)")
    case .badLifespans(let buffer, let found):
      self.init(
        line: lines[buffer], column: .upper, expected: "times within \(-largest)...\(largest)",
        found: found.map { "\($0.lowerBound)..<\($0.upperBound)" }.joined(separator: " "))
    case .negativeOffset(let buffer, let found):
      self.init(
        line: lines[buffer], column: .offset, expected: "at least 0", found: "\(found)")
    case .tooLarge(let buffer):
      self.init(
        line: lines[buffer], expected: "sizes and fixed ends of at most \(largest) bytes in all",
        found: "more up to this line")
    case .fixedOverlap(let buffer, let other):
      self.init(
        line: lines[buffer], column: .offset, expected: "room at the fixed offset",
        found: "\(ids[other]), of line \(lines[other])")
    case .badAlignment, .badExtents, .badPair, .badDistance, .circle:
      self.init(line: 1, expected: "a problem that has a layout", found: fault.description)
    }
  }
}

extension LayoutCSVError: CustomStringConvertible {
  /// Place, what was expected, what was found.
  public var description: String {
    "line \(line)\(column.map { ", \($0)" } ?? ""): expected \(expected), found \(found)"
  }
}
