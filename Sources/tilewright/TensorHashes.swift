import Files
import Graph
import Tensor

/// The hashes of a model's tensors that were recorded along with its outputs.
struct TensorHashes {
  private var hashes: [Int: String] = [:]

  /// The hashes in `NAME.tensors.json` beside `NAME.npz`; none where there is no such file.
  static func beside(_ recording: String) throws -> TensorHashes {
    var hashes = TensorHashes()
    guard recording.hasSuffix(".npz") else { return hashes }
    let path = recording.dropLast(4) + ".tensors.json"
    guard let bytes = try? MappedFile.bytes(of: String(path)) else { return hashes }
    let entries = try JSONReader.read(bytes.elements(of: UInt8.self)) { json throws(JSONError) in
      try json.recordedTensors()
    }
    for (tensor, hash) in entries { hashes.hashes[tensor] = hash }
    return hashes
  }

  /// Whether a hash of the tensor was recorded.
  func contains(_ tensor: Int) -> Bool { hashes[tensor] != nil }

  /// Whether the tensor's value has the recorded hash; `nil` if none was recorded.
  func matches(_ tensor: Int, _ value: Bytes) -> Bool? {
    hashes[tensor].map { $0 == ContentHash.sha256(of: value) }
  }
}

extension JSONReader {
  /// Reads the index and the hash of each tensor of a recording, and passes over all else.
  fileprivate mutating func recordedTensors() throws(JSONError) -> [(Int, String?)] {
    var tensors: [(Int, String?)] = []
    try members { key, json throws(JSONError) in
      guard key == "tensors" else { return try json.skip() }
      tensors = try json.array { json throws(JSONError) in
        var tensor: (index: Int, hash: String?) = (-1, nil)
        try json.members { key, json throws(JSONError) in
          switch key {
          case "index": tensor.index = try json.integer()
          case "sha256": tensor.hash = json.takeNull() ? nil : try json.string()
          default: try json.skip()
          }
        }
        return tensor
      }
    }
    return tensors
  }
}
