import Glibc
import Planning
import Synchronization

/// A line on standard error that says how far something is, where that is a terminal.
enum ProgressLine {
  private static let isShown = isatty(STDERR_FILENO) == 1

  /// Shows how far something is, in the place of what the line said; a hundred times at most.
  static func show(_ what: String, _ done: Int, of total: Int) {
    guard isShown, total < 100 || done * 100 / total != (done - 1) * 100 / total else { return }
    write("\r\u{1B}[K\(what): \(done) of \(total)")
  }

  /// Shows how far something is, four times a second at most.
  ///
  /// - Precondition: nobody else calls it at the same time.
  static func update(_ line: @autoclosure () -> String) {
    guard isShown else { return }
    let now = ContinuousClock.now
    guard now - lastUpdate.withLock({ $0 }) > .milliseconds(250) else { return }
    lastUpdate.withLock { $0 = now }
    write("\r\u{1B}[K\(line())")
  }

  private static let lastUpdate = Mutex(ContinuousClock.now)

  /// Takes the line away.
  static func clear() {
    guard isShown else { return }
    write("\r\u{1B}[K")
  }

  private static func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
