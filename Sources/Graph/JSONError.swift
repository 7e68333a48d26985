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

  /// The same complaint about the document in a file.
  public func inFile(_ file: String) -> JSONError {
    JSONError(path: path.isEmpty ? file : "\(file): \(path)", complaint: complaint)
  }

  /// What is wrong, where, and what was expected.
  public var description: String { "\(path.isEmpty ? "the document" : path): \(complaint)" }
}
