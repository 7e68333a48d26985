internal import Files
internal import Tensor

/// The end of what a tiler printed, in a form that is the same for every run and safe to show.
struct PrintedText: CustomStringConvertible {
  private let text: String

  /// Reads the end of a file.
  ///
  /// Paths, which differ from run to run, get names; bytes that are no UTF-8 are replaced, and control
  /// characters but line breaks and tabs left out.
  init(log: String, names: [(path: String, name: String)]) {
    // A path that the cut divides is left as it is, and so has to lie before what is kept.
    let longest = names.map(\.path.utf8.count).max() ?? 0
    guard let bytes = try? MappedFile.bytes(of: log),
      let end = bytes[
        max(0, bytes.count - 4 * TilerCommand.keptTextLength - longest)..<bytes.count]
    else {
      text = ""
      return
    }
    var text = String(decoding: end.elements(of: UInt8.self), as: UTF8.self)
    for (path, name) in names { text = text.replacing(path, with: name) }
    text.unicodeScalars.removeAll {
      $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t"
    }
    let lines = text.split(whereSeparator: \.isNewline).joined(separator: "\n")
    self.text = String(lines.suffix(TilerCommand.keptTextLength))
  }

  var description: String { text.isEmpty ? "it printed nothing" : "it printed: \(text)" }
}
