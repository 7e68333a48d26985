public import Graph

extension Tiling {
  private static let format = "tilewright-tiling/1"

  private enum Key: String, JSONKey {
    case format
    case modelHash = "model_sha256"
    case groups

    var isOptional: Bool { false }
  }

  /// Reads a tiling from JSON.
  ///
  /// - Throws: `JSONError` for a document that is no tiling.
  public init(json: [UInt8]) throws(JSONError) {
    self = try JSONReader.read(json, format: Self.format) { json throws(JSONError) in
      var tiling = Tiling(modelHash: "", groups: [])
      try json.object(Key.self) { key, json throws(JSONError) in
        switch key {
        case .format: _ = try json.string()
        case .modelHash: tiling.modelHash = try json.string()
        case .groups: tiling.groups = try json.array(FusedGroup.init)
        }
      }
      return tiling
    }
  }

  /// The tiling as JSON, one line per group, the same bytes every time.
  public var json: String {
    """
    { "format": "\(Self.format)", "model_sha256": \(JSONText.quote(modelHash)),
      "groups": [
        \(groups.map(\.json).joined(separator: ",\n    "))
      ] }

    """
  }
}

extension FusedGroup {
  private enum Key: String, JSONKey {
    case ops, mode, cuts, step
    case ringAxis = "ring_axis"
    case early, inner

    var isOptional: Bool { self != .ops && self != .mode }
  }

  /// Reads a group; `cuts`, `step`, `ring_axis`, `early` and `inner` may be left out.
  fileprivate init(_ json: inout JSONReader) throws(JSONError) {
    self.init(ops: [], mode: .recompute)
    try json.object(Key.self) { key, json throws(JSONError) in
      switch key {
      case .ops: ops = try json.integers()
      case .mode: mode = try json.choice(Mode.self)
      case .cuts: cuts = try Cuts(&json)
      case .step: step = try json.integer()
      case .ringAxis: ringAxis = try json.choice(RingAxis.self)
      case .early: early = try json.integers()
      case .inner: inner = [try FusedGroup(&json)]
      }
    }
  }

  fileprivate var json: String {
    var text = "{\"ops\": \(ops), \"mode\": \"\(mode.rawValue)\""
    let cuts = [("height", cuts.height), ("width", cuts.width), ("channels", cuts.channels)]
      .compactMap { name, cuts in cuts.map { "\"\(name)\": \($0)" } }
    if !cuts.isEmpty { text += ", \"cuts\": {\(cuts.joined(separator: ", "))}" }
    if mode == .line { text += ", \"step\": \(step), \"ring_axis\": \"\(ringAxis.rawValue)\"" }
    if !early.isEmpty { text += ", \"early\": \(early)" }
    if let inner = inner.first { text += ", \"inner\": \(inner.json)" }
    return text + "}"
  }
}

extension FusedGroup.Cuts {
  private enum Key: String, JSONKey {
    case height, width, channels

    var isOptional: Bool { true }
  }

  /// Reads cuts; every axis may be left out.
  fileprivate init(_ json: inout JSONReader) throws(JSONError) {
    self.init()
    try json.object(Key.self) { key, json throws(JSONError) in
      switch key {
      case .height: height = try json.integers()
      case .width: width = try json.integers()
      case .channels: channels = try json.integers()
      }
    }
  }
}

extension JSONReader {
  fileprivate mutating func integers() throws(JSONError) -> [Int] {
    try array { json throws(JSONError) in try json.integer() }
  }
}
