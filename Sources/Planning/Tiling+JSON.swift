internal import FoundationEssentials
public import Graph

extension Tiling {
  private static let format = "tilewright-tiling/1"

  /// Reads a tiling from JSON.
  ///
  /// - Throws: `JSONError` for a document that is no tiling.
  public init(json: [UInt8]) throws(JSONError) {
    do {
      self = try JSONDecoder().decode(Document.self, from: Data(json)).tiling
    } catch let error as DecodingError {
      throw JSONError(error)
    } catch {
      throw JSONError(path: "", complaint: "\(error)")
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

  private struct Document: Decodable {
    let tiling: Tiling

    enum CodingKeys: String, CodingKey, CaseIterable {
      case format
      case modelHash = "model_sha256"
      case groups
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      let format = try container.decode(String.self, forKey: .format)
      guard format == Tiling.format else {
        throw decoder.refuse("format: expected \(Tiling.format), found \(format)")
      }
      try decoder.refuseKeys(otherThan: CodingKeys.allCases.map(\.rawValue))
      tiling = Tiling(
        modelHash: try container.decode(String.self, forKey: .modelHash),
        groups: try container.decode([FusedGroup].self, forKey: .groups))
    }
  }
}

extension FusedGroup: Decodable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case ops, mode, cuts, step
    case ringAxis = "ring_axis"
    case inner
  }

  /// Reads a group; `cuts`, `step`, `ring_axis` and `inner` may be left out.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(otherThan: CodingKeys.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      ops: try container.decode([Int].self, forKey: .ops),
      mode: try container.decodeChoice(Mode.self, forKey: .mode),
      cuts: try container.decodeIfPresent(Cuts.self, forKey: .cuts) ?? Cuts(),
      step: try container.decodeIfPresent(Int.self, forKey: .step) ?? 1,
      ringAxis: container.contains(.ringAxis)
        ? try container.decodeChoice(RingAxis.self, forKey: .ringAxis) : .height,
      inner: try container.decodeIfPresent(FusedGroup.self, forKey: .inner))
  }

  fileprivate var json: String {
    var text = "{\"ops\": \(ops), \"mode\": \"\(mode.rawValue)\""
    let cuts = [("height", cuts.height), ("width", cuts.width), ("channels", cuts.channels)]
      .compactMap { name, cuts in cuts.map { "\"\(name)\": \($0)" } }
    if !cuts.isEmpty { text += ", \"cuts\": {\(cuts.joined(separator: ", "))}" }
    if mode == .line { text += ", \"step\": \(step), \"ring_axis\": \"\(ringAxis.rawValue)\"" }
    if let inner = inner.first { text += ", \"inner\": \(inner.json)" }
    return text + "}"
  }
}

extension FusedGroup.Cuts: Decodable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case height, width, channels }

  /// Reads cuts; every axis may be left out.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(otherThan: CodingKeys.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      height: try container.decodeIfPresent([Int].self, forKey: .height),
      width: try container.decodeIfPresent([Int].self, forKey: .width),
      channels: try container.decodeIfPresent([Int].self, forKey: .channels))
  }
}
