internal import FoundationEssentials

/// A document that can be printed for people or for programs.
public protocol Document: Encodable {
  /// What people read.
  var text: String { get }
}

extension Document {
  /// What programs read: JSON with sorted keys, the same bytes every time.
  public func json() throws -> String { try json([.prettyPrinted]) }

  /// The same JSON on one line.
  public func jsonLine() throws -> String { try json([]) }

  private func json(_ formatting: JSONEncoder.OutputFormatting) throws -> String {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
