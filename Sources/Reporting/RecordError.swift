internal import FoundationEssentials

/// Why something is not a record that was written here.
public struct RecordError: Error, Hashable, CustomStringConvertible {
  /// What was expected.
  public let expected: String
  /// What is there instead.
  public let found: String

  /// What was expected, and what is there.
  public var description: String { "expected \(expected), found \(found)" }

  /// Reads a record; `what` it is for people.
  static func decoding<Record: Decodable>(
    _ type: Record.Type, from json: [UInt8], as what: String
  ) throws(RecordError) -> Record {
    do {
      return try JSONDecoder().decode(type, from: Data(json))
    } catch DecodingError.keyNotFound(let key, _) {
      throw RecordError(expected: what, found: "no key \(key.stringValue)")
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context)
    {
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      throw RecordError(expected: what, found: "another type at \(path)")
    } catch DecodingError.dataCorrupted(let context) {
      throw RecordError(expected: what, found: context.debugDescription)
    } catch {
      throw RecordError(expected: what, found: "\(error)")
    }
  }
}
