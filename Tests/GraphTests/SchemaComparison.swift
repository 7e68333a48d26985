import Files
import Graph
import Tensor
import TestSupport
import Testing

/// Compares a schema with a decoder: every place of a full document is spoiled in every way that the
/// schema forbids, and the decoder's complaints must name the schema's keys and words.
struct SchemaComparison {
  typealias Decoder = ([UInt8]) throws(JSONError) -> Void

  let schema: JSONTree
  private let document: JSONTree
  private let decode: Decoder

  init(_ name: String, document: String, _ decode: @escaping Decoder) throws {
    let folder = Fixtures.path.split(separator: "/").dropLast().joined(separator: "/")
    let file = try MappedFile.bytes(of: "/\(folder)/docs/schemas/\(name).schema.json")
    schema = try JSONTree(String(decoding: file.elements(of: UInt8.self), as: UTF8.self))
    self.document = try JSONTree(document)
    self.decode = decode
  }

  func run() {
    #expect(complaint(about: document) == nil)
    compare(schema, document, path: "") { $0 }
  }

  /// Compares the schema's node with the value at a place; `place` puts another value there.
  private func compare(
    _ node: JSONTree, _ value: JSONTree, path: String, _ place: (JSONTree) -> JSONTree
  ) {
    if value == .null { return }
    let node = resolved(node)
    func expect(_ value: JSONTree, _ expected: String?) {
      #expect(complaint(about: place(value))?.complaint == expected, "\(path)")
    }
    if let words = node["enum"]?.elements.compactMap(\.string), path != "profile" {
      expect(
        .text("?"), "expected one of \(words.joined(separator: ", ")), found ?")
    }
    if let members = node["properties"] {
      let required = node["required"]?.elements.compactMap(\.string) ?? []
      #expect(node["additionalProperties"] == .bool(false), "\(path)")
      #expect(members.keys == value.keys, "\(path): the document has every key")
      var more = value
      more["?"] = .null
      expect(more, "unknown key; known are \(members.keys.joined(separator: ", "))")
      for key in members.keys {
        guard let member = members[key], let inner = value[key] else { continue }
        #expect(resolved(member)["description"] ?? member["description"] != nil, "\(path).\(key)")
        var (less, null) = (value, value)
        less[key] = nil
        null[key] = .null
        let isRequired = required.contains(key)
        expect(less, isRequired ? "expected the key \(key), found none" : nil)
        #expect((complaint(about: place(null)) != nil) == isRequired, "\(path).\(key)")
        compare(member, inner, path: path.isEmpty ? key : "\(path).\(key)") { other in
          var value = value
          value[key] = other
          return place(value)
        }
      }
    }
    if let items = node["items"] {
      for (index, element) in value.elements.enumerated() {
        compare(items, element, path: "\(path)[\(index)]") { other in
          var value = value
          value.elements[index] = other
          return place(value)
        }
      }
    }
    compareKind(node, value, place, path)
  }

  /// Values of other kinds than the schema's are refused.
  private func compareKind(
    _ node: JSONTree, _ value: JSONTree, _ place: (JSONTree) -> JSONTree, _ path: String
  ) {
    let others: [JSONTree] = [.number(0), .text("0"), .list([]), .object([:])]
    let kinds = node["type"].map { $0.string.map { [$0] } ?? $0.elements.compactMap(\.string) }
    for (other, kind) in zip(others, ["integer", "string", "array", "object"]) {
      guard let kinds, !kinds.contains(kind) else { continue }
      #expect(complaint(about: place(other)) != nil, "\(path): \(other.json)")
    }
  }

  /// What a node refers to, or the first of its alternatives.
  private func resolved(_ node: JSONTree) -> JSONTree {
    if let first = node["anyOf"]?.elements.first { return resolved(first) }
    guard let name = node["$ref"]?.string?.split(separator: "/").last else { return node }
    return schema["$defs"]?[String(name)] ?? node
  }

  private func complaint(about document: JSONTree) -> JSONError? {
    do throws(JSONError) {
      try decode(Array(document.json.utf8))
      return nil
    } catch {
      return error
    }
  }
}
