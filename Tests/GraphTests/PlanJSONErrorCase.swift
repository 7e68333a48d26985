import Graph
import Testing

/// One edit of a sound plan document, and the complaint that it must provoke.
struct PlanJSONErrorCase: CustomTestStringConvertible, Sendable {
  let old: String
  let new: String
  let path: String
  /// `nil` where the words are the decoder's.
  let complaint: String?

  init(_ old: String, _ new: String, _ path: String, _ complaint: String? = nil) {
    self.old = old
    self.new = new
    self.path = path
    self.complaint = complaint
  }

  var testDescription: String { "\(old) -> \(new)" }

  /// A document with every key that there is.
  static let sound = """
    { "format": "tilewright-plan/1", "model_sha256": "m", "profile": "tflm", "alignment": 16,
      "buffers": [
        {"name": "a", "tensor": 0, "element": "int8", "region": [[0,1],[0,4]], "ring": {"1": 2},
          "memory": "arena", "offset": 0, "size": 2},
        {"name": "b", "tensor": 1, "element": "int32", "region": [[0,1],[2,4]],
          "memory": "host", "offset": 32, "size": 8}
      ],
      "steps": [
        {"op": 7, "phase": "add", "inputs": ["a", null], "reduce": [[0,1],[1,4]],
          "sums": {"buffer": "b", "region": [[0,1],[2,3]]}},
        {"op": 8, "phase": "finish", "inputs": [null, null],
          "outputs": [{"buffer": "a", "region": [[0,1],[0,1]]}]}
      ] }
    """

  /// The document after the edit; `nil` unless there is exactly one place for it.
  var document: [UInt8]? {
    let parts = Self.sound.split(separator: old, omittingEmptySubsequences: false)
    return parts.count == 2 ? Array((parts[0] + new + parts[1]).utf8) : nil
  }
}
