/// A key of a JSON object, whatever its name.
package struct AnyCodingKey: CodingKey, Hashable {
  package let stringValue: String
  package var intValue: Int? { Int(stringValue) }

  package init(stringValue: String) { self.stringValue = stringValue }
  package init(intValue: Int) { stringValue = String(intValue) }
}

extension Decoder {
  /// Throws if the object here has a key that is not among `known`.
  package func refuseKeys(otherThan known: [String]) throws {
    for key in try container(keyedBy: AnyCodingKey.self).allKeys
    where !known.contains(key.stringValue) {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: codingPath + [key],
          debugDescription: "unknown key; known are \(known.sorted().joined(separator: ", "))"))
    }
  }

  /// Throws a complaint about the value here.
  package func refuse(_ complaint: String) -> DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: codingPath, debugDescription: complaint))
  }
}

extension KeyedDecodingContainer {
  /// Decodes one of the words that `Choice` knows, and lists them where it is another.
  package func decodeChoice<Choice>(
    _ type: Choice.Type, forKey key: Key
  ) throws -> Choice where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let word = try decode(String.self, forKey: key)
    guard let choice = Choice(rawValue: word) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self, debugDescription: "expected one of \(known), found \(word)")
    }
    return choice
  }
}

/// JSON that is not what it should be, with the place in the document.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path from the document's root, such as `steps[3].inputs[0]`.
  public let path: String
  /// What is wrong there.
  public let complaint: String

  package init(path: String, complaint: String) {
    self.path = path
    self.complaint = complaint
  }

  package init(_ error: DecodingError) {
    let (context, complaint): (DecodingError.Context, String) =
      switch error {
      case .typeMismatch(let type, let context):
        (context, "expected \(Self.name(of: type)); \(context.debugDescription)")
      case .valueNotFound(let type, let context):
        (context, "expected \(Self.name(of: type)), found null")
      case .keyNotFound(let key, let context):
        (context, "expected the key \(key.stringValue), found none")
      case .dataCorrupted(let context): (context, context.debugDescription)
      @unknown default:
        (DecodingError.Context(codingPath: [], debugDescription: ""), "unreadable")
      }
    var path = ""
    for key in context.codingPath {
      if key.stringValue.hasPrefix("Index "), let index = key.intValue {
        path += "[\(index)]"
      } else if let index = key.intValue, !(key is AnyCodingKey) {
        path += "[\(index)]"
      } else {
        path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
    self.init(path: path, complaint: complaint)
  }

  /// The same complaint about the document in a file.
  public func inFile(_ file: String) -> JSONError {
    JSONError(path: path.isEmpty ? file : "\(file): \(path)", complaint: complaint)
  }

  private static func name(of type: Any.Type) -> String {
    switch type {
    case is Int.Type: "an integer"
    case is String.Type: "a string"
    case is [String: Any].Type: "an object"
    default: "\(type)"
    }
  }

  /// What is wrong, where, and what was expected.
  public var description: String { "\(path.isEmpty ? "the document" : path): \(complaint)" }
}
