public import Graph
public import Planning

/// What a tiler makes of a model.
public enum TilerProgram: Sendable {
  /// A plan of the model's network.
  case plan(Plan)
  /// A tiling, which lowers to a plan.
  case tiling(Tiling)
  /// The bytes of a model that should compute the same.
  case model([UInt8])

  /// What it is, in a word.
  public var kind: String {
    switch self {
    case .plan: "plan"
    case .tiling: "tiling"
    case .model: "model"
    }
  }

  /// Recognizes the program by its content: the identifier of a model, or the keys of a JSON document.
  ///
  /// A model is not read yet.
  ///
  /// - Throws: what is wrong with the document.
  public init(_ bytes: [UInt8]) throws(TilerProgramError) {
    if bytes.dropFirst(4).prefix(4).elementsEqual("TFL3".utf8) {
      self = .model(bytes)
      return
    }
    do throws(JSONError) {
      let keys = try Self.keys(bytes)
      if keys.contains("steps") {
        self = .plan(try Plan(json: bytes))
        return
      }
      if keys.contains("groups") {
        self = .tiling(try Tiling(json: bytes))
        return
      }
    } catch {
      throw .json(error)
    }
    throw .unknown(byteCount: bytes.count)
  }

  /// The keys of a JSON object; none of what does not begin like one.
  private static func keys(_ bytes: [UInt8]) throws(JSONError) -> Set<String> {
    guard bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{")
    else { return [] }
    var keys: Set<String> = []
    try JSONReader.read(bytes) { json throws(JSONError) in
      try json.members { key, json throws(JSONError) in
        keys.insert(key)
        try json.skip()
      }
    }
    return keys
  }
}
