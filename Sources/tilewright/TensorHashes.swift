import Files
import FoundationEssentials
import Graph
import Tensor

/// The hashes of a model's tensors that were recorded along with its outputs.
struct TensorHashes {
  private var hashes: [Int: String] = [:]

  private struct Document: Decodable {
    struct Tensor: Decodable {
      let index: Int
      let sha256: String?
    }

    let tensors: [Tensor]
  }

  /// The hashes in `NAME.tensors.json` beside `NAME.npz`; none where there is no such file.
  static func beside(_ recording: String) throws -> TensorHashes {
    var hashes = TensorHashes()
    guard recording.hasSuffix(".npz") else { return hashes }
    let path = recording.dropLast(4) + ".tensors.json"
    guard let bytes = try? MappedFile.bytes(of: String(path)) else { return hashes }
    let document: Document
    do {
      document = try JSONDecoder().decode(
        Document.self, from: Data(bytes.elements(of: UInt8.self)))
    } catch let error as DecodingError {
      throw JSONError(error)
    }
    for tensor in document.tensors { hashes.hashes[tensor.index] = tensor.sha256 }
    return hashes
  }

  /// Whether a hash of the tensor was recorded.
  func contains(_ tensor: Int) -> Bool { hashes[tensor] != nil }

  /// Whether the tensor's value has the recorded hash; `nil` if none was recorded.
  func matches(_ tensor: Int, _ value: Bytes) -> Bool? {
    hashes[tensor].map { $0 == ContentHash.sha256(of: value) }
  }
}
