import Files
import Reporting

/// The files that a command writes when all else is done: all of them, or none.
struct OutputFiles {
  private var files: [(path: String, bytes: [UInt8])] = []

  /// Adds a file, unless nobody asked for it.
  mutating func add(_ bytes: @autoclosure () throws -> [UInt8], at path: String?) rethrows {
    if let path { files.append((path, try bytes())) }
  }

  /// Adds a text.
  mutating func add(_ text: @autoclosure () throws -> String, at path: String?) rethrows {
    try add(Array(text().utf8), at: path)
  }

  /// Writes them, and says what was written.
  func write() throws(FileError) -> [PlanDocument.File] {
    try AtomicFile.write(files)
    return files.map { PlanDocument.File(path: $0.path, bytes: $0.bytes.count) }
  }
}
