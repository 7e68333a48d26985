internal import Glibc
public import Tensor

/// A regular file mapped read-only into memory.
///
/// The file must neither shrink nor change while it is mapped; one that is replaced by a rename, as
/// ``AtomicFile`` does, keeps its old contents here.
public final class MappedFile: @unchecked Sendable {
  private let buffer: UnsafeRawBufferPointer

  private init(path: String) throws(FileError) {
    guard !path.utf8.contains(0) else { throw .refused(.open, path: path, code: EINVAL) }
    // O_NONBLOCK: to open a pipe that nobody writes to would wait for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .refused(.open, path: path, code: errno) }
    defer { close(descriptor) }

    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .refused(.inspect, path: path, code: errno)
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegularFile(path: path) }
    guard let count = Int(exactly: status.st_size) else {
      throw .refused(.map, path: path, code: EFBIG)
    }
    guard count > 0 else {
      buffer = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let memory = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
      memory != MAP_FAILED
    else { throw .refused(.map, path: path, code: errno) }
    buffer = UnsafeRawBufferPointer(start: memory, count: count)
  }

  deinit {
    guard let memory = buffer.baseAddress else { return }
    munmap(UnsafeMutableRawPointer(mutating: memory), buffer.count)
  }

  /// The contents of the regular file at `path`, unmapped when the last copy of the value is gone.
  public static func bytes(of path: String) throws(FileError) -> Bytes {
    let file = try MappedFile(path: path)
    return Bytes(file.buffer, owner: file)
  }
}
