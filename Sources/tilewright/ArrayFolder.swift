import Files
import Glibc
import Graph
import NumPy
import Tensor

/// A folder with one .npy file per network input or output.
struct ArrayFolder {
  let path: String
  /// Whether it was made here.
  private var isNew = false

  init(_ path: String) { self.path = path }

  /// The network's inputs, `in0.npy` first, then what its variables hold: `state0.npy` and so on, or
  /// what they hold when they are reset, where there is no such file at all.
  func inputs(of graph: Graph) throws -> [Bytes] {
    let inputs = try graph.modelInputs.enumerated().map { index, tensor in
      try value(of: tensor, in: graph, name: "in\(index)")
    }
    let isThere = graph.variables.indices.map { access("\(path)/state\($0).npy", F_OK) == 0 }
    guard isThere.contains(true) else { return inputs + graph.initialState }
    // A part of a state is a mistake: the rest would be reset without a word.
    let state = try graph.variables.enumerated().map { index, variable in
      guard isThere[index] else { throw InputFailure.missing("\(path)/state\(index).npy") }
      return try value(of: variable.before, in: graph, name: "state\(index)")
    }
    return inputs + state
  }

  private func value(of tensor: Int, in graph: Graph, name: String) throws -> Bytes {
    let file = "\(path)/\(name).npy"
    return try NPYArray(contentsOf: file).bytes(as: graph.tensors[tensor].type, name: file)
  }

  /// Writes what went into a run, under the names that `inputs(of:)` reads.
  func writeInputs(_ values: [Bytes], of graph: Graph) throws {
    _ = try write(values, of: graph.inputs, variables: graph.modelInputs.count, as: "in", graph)
  }

  /// Writes what came out of a run: outputs as `name0.npy` and so on, then what variables hold; returns the paths.
  @discardableResult
  func writeOutputs(_ values: [Bytes], as name: String, of graph: Graph) throws -> [String] {
    try write(values, of: graph.outputs, variables: graph.modelOutputs.count, as: name, graph)
  }

  private func write(
    _ values: [Bytes], of tensors: [Int], variables: Int, as name: String, _ graph: Graph
  ) throws -> [String] {
    let state = name == "in" || name == "out" ? "state" : "\(name)-state"
    return try zip(values, tensors).enumerated().map { index, pair in
      let (value, tensor) = pair
      return try write(
        value, of: graph.tensors[tensor].type,
        as: index < variables ? "\(name)\(index)" : "\(state)\(index - variables)")
    }
  }

  /// Makes the folder unless it is there; what it lies in must be there.
  mutating func create() throws {
    isNew = mkdir(path, 0o777) == 0
    guard isNew || errno == EEXIST else {
      throw FileError.refused(.create, path: path, code: errno)
    }
  }

  /// Makes the folder, which must hold nothing if it is there: nothing of the user's is written over.
  mutating func createEmpty() throws {
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

  /// Removes the folder if it was made here and holds nothing.
  func removeIfUnused() { if isNew { rmdir(path) } }

  /// Writes one tensor, and returns the path of its file.
  func write(_ bytes: Bytes, of type: TensorType, as name: String) throws -> String {
    let file = "\(path)/\(name).npy"
    try NPYArray(element: type.element, shape: type.shape, bytes: bytes).write(to: file)
    return file
  }
}

extension NPYArray {
  /// The bytes, if the array has the element type and shape of `type`; one axis of as many elements is
  /// taken as well where it `mayBeFlat`.
  func bytes(as type: TensorType, name: String, mayBeFlat: Bool = false) throws -> Bytes {
    let isFlat = shape.rank == 1 && shape.count == type.shape.count
    guard element == type.element, shape == type.shape || (mayBeFlat && isFlat) else {
      throw InputFailure.mismatch(name, expected: type, element: element, shape: shape)
    }
    return bytes
  }
}
