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

  /// A table of notes.
  static func table(_ notes: [OperatorNote]) -> String {
    var table = TextTable(["op", "operator", "why it runs as it does"], rightAligned: [0])
    for note in notes { table.add(["\(note.op)", note.name, note.text]) }
    return table.text
  }
}
