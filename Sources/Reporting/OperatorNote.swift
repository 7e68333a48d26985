/// Something said of one operator.
public struct OperatorNote: Encodable, Sendable {
  let op: Int
  let name: String
  let text: String

  /// Says `text` of operator `op`, called `name`.
  public init(op: Int, name: String, text: String) {
    self.op = op
    self.name = name
    self.text = text
  }

  /// A table of notes on a plan.
  static func table(_ notes: [OperatorNote], peak: Int) -> String {
    let title = "in the plan of \(peak.grouped) bytes"
    var table = TextTable(["op", "operator", title], rightAligned: [0])
    for note in notes { table.add(["\(note.op)", note.name, note.text]) }
    return table.text
  }
}
