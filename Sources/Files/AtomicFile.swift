internal import Glibc

/// Writes files that are either complete or not there.
public enum AtomicFile {
  /// Writes `bytes` under a temporary name beside `path`, then renames that file to `path`.
  ///
  /// A file that was at `path` is replaced. On failure it stays as it was, and the temporary file is
  /// removed. A symbolic link, a pipe or a device is never replaced.
  public static func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws(FileError) {
    guard !path.utf8.contains(0) else { throw .refused(.create, path: path, code: EINVAL) }
    var status = stat()
    // A directory is refused by the rename.
    guard lstat(path, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
      throw .notReplaceable(path: path)
    }
    let (descriptor, temporary) = try createTemporary(beside: path)
    do throws(FileError) {
      try fill(descriptor, with: bytes, for: path)
      guard rename(temporary, path) == 0 else {
        throw FileError.refused(.replace, path: path, code: errno)
      }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Creates a new file, with the permissions any new file gets, in the directory of `path`.
  private static func createTemporary(
    beside path: String
  ) throws(FileError) -> (descriptor: Int32, path: String) {
    let directory = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? ""
    var code = EEXIST
    for _ in 0..<100 where code == EEXIST || code == EINTR {
      let suffix = String(UInt64.random(in: 0...UInt64.max), radix: 36)
      let temporary = "\(directory).tilewright-\(suffix)"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (descriptor, temporary) }
      code = errno
    }
    throw .refused(.create, path: path, code: code)
  }

  /// Writes all of `bytes`, sees them stored, and closes `descriptor` whatever happens.
  private static func fill(
    _ descriptor: Int32, with bytes: UnsafeRawBufferPointer, for path: String
  ) throws(FileError) {
    var failure: FileError?
    var rest = bytes[...]
    while !rest.isEmpty, failure == nil {
      let written = Glibc.write(
        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if written == 0 || errno != EINTR {
        failure = .refused(.write, path: path, code: written == 0 ? EIO : errno)
      }
    }
    if failure == nil, fsync(descriptor) != 0 {
      failure = .refused(.synchronize, path: path, code: errno)
    }
    if close(descriptor) != 0, failure == nil {
      failure = .refused(.close, path: path, code: errno)
    }
    if let failure { throw failure }
  }
}
