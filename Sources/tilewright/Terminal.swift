import Glibc
import Reporting

/// Output to the terminal.
enum Terminal {
  /// Prints a document, as JSON if so asked.
  static func show(_ document: some Document, json: Bool) throws {
    print(json ? try document.json() : document.text)
  }

  /// Prints a line to standard error.
  static func printError(_ line: String) {
    let text = line + "\n"
    text.utf8CString.withUnsafeBufferPointer { buffer in
      _ = write(STDERR_FILENO, buffer.baseAddress, buffer.count - 1)
    }
  }
}
