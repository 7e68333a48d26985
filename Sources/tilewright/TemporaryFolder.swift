import Glibc

/// Where files go that nobody keeps.
enum TemporaryFolder {
  /// What `TMPDIR` names, or `/tmp`.
  static let path = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
}
