public import Graph

/// Bytes that are no program.
public enum TilerProgramError: Error, Hashable, Sendable {
  /// Neither a model nor a JSON object with the keys of a plan or of a tiling.
  case unknown(byteCount: Int)
  /// A JSON document that is no plan, and no tiling.
  case json(JSONError)
}

extension TilerProgramError: CustomStringConvertible {
  /// What was expected, and what was found.
  public var description: String {
    switch self {
    case .unknown(0): "expected a plan, a tiling or a model, found an empty file"
    case .unknown(let byteCount):
      "expected a model (TFL3 at byte 4), a plan (JSON with steps) or a tiling (JSON with groups), "
        + "found \(byteCount) bytes of something else"
    case .json(let error): "expected a plan or a tiling as docs/plan.md says, found \(error)"
    }
  }
}
