import Files
import Glibc
import Graph
import NumPy
import Tensor

/// A folder with one .npy file per network input or output.
struct ArrayFolder {
  let path: String

  init(_ path: String) { self.path = path }

  /// The network's inputs, `in0.npy` first.
  func inputs(of graph: Graph) throws -> [Bytes] {
    try graph.inputs.enumerated().map { index, tensor in
      let file = "\(path)/in\(index).npy"
      return try NPYArray(contentsOf: file).bytes(
        as: graph.tensors[tensor].type, name: file)
    }
  }

  /// Makes the folder unless it is there; what it lies in must be there.
  func create() throws {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw FileError.refused(.open, path: path, code: errno)
    }
  }

  /// Makes the folder, which must hold nothing if it is there: nothing of the user's is written over.
  func createEmpty() throws {
    try create()
    guard let folder = opendir(path) else {
      throw FileError.refused(.open, path: path, code: errno)
    }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name == "." || name == ".." else { throw InputFailure.notEmpty(path, found: name) }
    }
  }

  /// Removes the folder if it holds nothing.
  func removeIfEmpty() { rmdir(path) }

  /// Writes one tensor.
  func write(_ bytes: Bytes, of type: TensorType, as name: String) throws {
    try NPYArray(element: type.element, shape: type.shape, bytes: bytes)
      .write(to: "\(path)/\(name).npy")
  }
}

extension NPYArray {
  /// The bytes, if the array has the element type and shape of `type`.
  func bytes(as type: TensorType, name: String) throws -> Bytes {
    guard element == type.element, shape == type.shape else {
      throw InputFailure.mismatch(name, expected: type, element: element, shape: shape)
    }
    return bytes
  }
}
