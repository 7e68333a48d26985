internal import Tensor

/// A plan as it stands in JSON: buffers are named, not numbered.
struct PlanDocument: Decodable {
  static let format = "tilewright-plan/1"

  let modelHash: String
  let profile: String
  let alignment: Int
  let buffers: [Buffer]
  let steps: [Step]

  enum CodingKeys: String, CodingKey, CaseIterable {
    case format
    case modelHash = "model_sha256"
    case profile, alignment, buffers, steps
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let format = try container.decode(String.self, forKey: .format)
    guard format == Self.format else {
      throw decoder.refuse("format: expected \(Self.format), found \(format)")
    }
    try decoder.refuseKeys(otherThan: CodingKeys.allCases.map(\.rawValue))
    modelHash = try container.decode(String.self, forKey: .modelHash)
    profile = try container.decode(String.self, forKey: .profile)
    alignment = try container.decode(Int.self, forKey: .alignment)
    buffers = try container.decode([Buffer].self, forKey: .buffers)
    steps = try container.decode([Step].self, forKey: .steps)
  }

  struct Buffer: Decodable {
    let buffer: PlanBuffer

    enum CodingKeys: String, CodingKey, CaseIterable {
      case name, tensor, element, region, ring, memory, offset, size
    }

    init(from decoder: any Decoder) throws {
      try decoder.refuseKeys(otherThan: CodingKeys.allCases.map(\.rawValue))
      let container = try decoder.container(keyedBy: CodingKeys.self)
      var rings: [Int: Int] = [:]
      for (key, capacity) in try container.decodeIfPresent([String: Int].self, forKey: .ring) ?? [:]
      {
        guard let axis = Int(key), String(axis) == key else {
          throw decoder.refuse("ring: \(key) is no axis")
        }
        rings[axis] = capacity
      }
      buffer = PlanBuffer(
        name: try container.decode(String.self, forKey: .name),
        tensor: try container.decode(Int.self, forKey: .tensor),
        element: try container.decodeChoice(ElementType.self, forKey: .element),
        region: try container.decode(Box.self, forKey: .region).region, rings: rings,
        memory: try container.decodeChoice(PlanBuffer.Memory.self, forKey: .memory),
        offset: try container.decode(Int.self, forKey: .offset))
      let size = try container.decode(Int.self, forKey: .size)
      guard Box.isReasonable(buffer), size == buffer.sizeInBytes else {
        throw decoder.refuse(
          "size: expected the exact size of the stored extents "
            + "\(buffer.storedExtents), found \(size)")
      }
    }
  }

  struct Step: Decodable {
    let op: Int
    let phase: PlanStep.Phase
    let inputs: [String?]
    let outputs: [Target]
    let reduce: Box?
    let sums: Target?

    enum CodingKeys: String, CodingKey, CaseIterable {
      case op, phase, inputs, outputs, reduce, sums
    }

    init(from decoder: any Decoder) throws {
      try decoder.refuseKeys(otherThan: CodingKeys.allCases.map(\.rawValue))
      let container = try decoder.container(keyedBy: CodingKeys.self)
      op = try container.decode(Int.self, forKey: .op)
      phase = try container.decodeChoice(PlanStep.Phase.self, forKey: .phase)
      inputs = try container.decode([String?].self, forKey: .inputs)
      outputs = try container.decodeIfPresent([Target].self, forKey: .outputs) ?? []
      reduce = try container.decodeIfPresent(Box.self, forKey: .reduce)
      sums = try container.decodeIfPresent(Target.self, forKey: .sums)
    }
  }

  struct Target: Decodable {
    let buffer: String
    let region: Box

    enum CodingKeys: String, CodingKey, CaseIterable { case buffer, region }

    init(from decoder: any Decoder) throws {
      try decoder.refuseKeys(otherThan: CodingKeys.allCases.map(\.rawValue))
      let container = try decoder.container(keyedBy: CodingKeys.self)
      buffer = try container.decode(String.self, forKey: .buffer)
      region = try container.decode(Box.self, forKey: .region)
    }
  }

  /// A box: one pair [low, high) per axis.
  struct Box: Decodable {
    let region: Region

    init(from decoder: any Decoder) throws {
      let pairs = try decoder.singleValueContainer().decode([[Int]].self)
      region = Region(
        try pairs.map { pair in
          // The limit is that of `Shape`, and keeps every product far from overflow.
          guard pair.count == 2, 0 <= pair[0], pair[0] <= pair[1], pair[1] <= 1 << 48 else {
            throw decoder.refuse(
              "expected a range [low, high] with 0 <= low <= high, found \(pair)")
          }
          return pair[0]..<pair[1]
        })
    }

    /// Whether the size of a buffer fits an integer.
    static func isReasonable(_ buffer: PlanBuffer) -> Bool {
      Shape(checking: buffer.storedExtents) != nil
    }
  }
}
