internal import Files
internal import Glibc

/// A new folder with a name of its own.
struct ScratchFolder {
  /// The `errno` of a file that is not there.
  static let noSuchFile = ENOENT

  let path: String

  /// Makes the folder inside another one.
  init(in parent: String) throws(TilerCommandError) {
    guard !parent.utf8.contains(0) else { throw .folder(path: parent, code: EINVAL) }
    var name = Array("\(parent)/tilewright-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw .folder(path: parent, code: errno) }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Writes a file into the folder and gives its path; nothing waits for the disk.
  func write(_ bytes: [UInt8], as name: String) throws(TilerCommandError) -> String {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .file(.refused(.create, path: file, code: errno)) }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        throw .file(.refused(.write, path: file, code: errno))
      }
    }
    return file
  }

  /// Removes the folder and what is in it, as far as the system lets it; links are not followed.
  func remove() { Self.remove(path) }

  private static func remove(_ path: String) {
    // A folder is the one thing that `unlink` refuses, and a path that is too long ends the descent.
    guard unlink(path) != 0, rmdir(path) != 0, let folder = opendir(path) else { return }
    var names: [String] = []
    while let entry = readdir(folder) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
        })
    }
    closedir(folder)
    for name in names where name != "." && name != ".." { remove("\(path)/\(name)") }
    rmdir(path)
  }
}
