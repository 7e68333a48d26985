internal import Glibc

/// Writes files that are either complete or not there.
public enum AtomicFile {
  /// A file that is complete, under a temporary name beside the path that it is for.
  private struct Staged {
    let temporary: String
    let path: String
  }

  /// Writes `bytes` under a temporary name beside `path`, then renames that file to `path`.
  ///
  /// A file that was at `path` is replaced. On failure it stays as it was, and the temporary file is
  /// removed. A symbolic link, a pipe or a device is never replaced.
  public static func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws(FileError) {
    try place([stage(bytes, for: path)])
  }

  /// Writes several files like one: each is complete under a temporary name before the first is renamed.
  public static func write(_ files: [(path: String, bytes: [UInt8])]) throws(FileError) {
    var staged: [Staged] = []
    do throws(FileError) {
      for file in files {
        let stored = try file.bytes.withUnsafeBufferPointer { bytes throws(FileError) in
          try stage(UnsafeRawBufferPointer(bytes), for: file.path)
        }
        staged.append(stored)
      }
    } catch {
      for file in staged { unlink(file.temporary) }
      throw error
    }
    try place(staged)
  }

  /// Throws what would keep a file from being written to `path`, as far as that shows beforehand.
  public static func check(_ path: String) throws(FileError) {
    try requireReplaceable(path)
    var status = stat()
    if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw .refused(.replace, path: path, code: EISDIR)
    }
    let folder = folder(of: path)
    if access(folder.isEmpty ? "." : String(folder), W_OK | X_OK) != 0 {
      throw .refused(.create, path: path, code: errno)
    }
  }

  /// Refuses what is never replaced.
  ///
  /// A directory is refused by the rename.
  private static func requireReplaceable(_ path: String) throws(FileError) {
    guard !path.isEmpty else { throw .refused(.create, path: path, code: ENOENT) }
    guard !path.utf8.contains(0) else { throw .refused(.create, path: path, code: EINVAL) }
    var status = stat()
    guard lstat(path, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
      throw .notReplaceable(path: path)
    }
  }

  /// The folder of a file, with the slash that ends it; empty for the current one.
  private static func folder(of path: String) -> Substring {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? ""
  }

  /// Stores `bytes` under a temporary name beside `path`.
  private static func stage(
    _ bytes: UnsafeRawBufferPointer, for path: String
  ) throws(FileError) -> Staged {
    try requireReplaceable(path)
    let (descriptor, temporary) = try createTemporary(beside: path)
    do throws(FileError) {
      try fill(descriptor, with: bytes, for: path)
    } catch {
      unlink(temporary)
      throw error
    }
    return Staged(temporary: temporary, path: path)
  }

  /// Renames files to the paths that they are for; after a failure the rest are removed.
  private static func place(_ files: [Staged]) throws(FileError) {
    for (index, file) in files.enumerated() where rename(file.temporary, file.path) != 0 {
      let code = errno
      for rest in files[index...] { unlink(rest.temporary) }
      throw .refused(.replace, path: file.path, code: code)
    }
  }

  /// Creates a new file, with the permissions any new file gets, in the folder of `path`.
  private static func createTemporary(
    beside path: String
  ) throws(FileError) -> (descriptor: Int32, path: String) {
    let folder = folder(of: path)
    var code = EEXIST
    for _ in 0..<100 where code == EEXIST || code == EINTR {
      let suffix = String(UInt64.random(in: 0...UInt64.max), radix: 36)
      let temporary = "\(folder).tilewright-\(suffix)"
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
