internal import Tensor

/// A plan as it stands in JSON: steps name buffers, where `Plan` numbers them.
struct PlanDocument {
  static let format = "tilewright-plan/1"

  private(set) var modelHash = ""
  private(set) var profile = ""
  private(set) var alignment = 0
  private(set) var buffers: [PlanBuffer] = []
  private(set) var steps: [Step] = []

  enum Key: String, JSONKey {
    case format
    case modelHash = "model_sha256"
    case profile, alignment, buffers, steps

    var isOptional: Bool { false }
  }

  init(json bytes: [UInt8]) throws(JSONError) {
    self = try JSONReader.read(bytes, format: Self.format) { json throws(JSONError) in
      try PlanDocument(&json)
    }
  }

  private init(_ json: inout JSONReader) throws(JSONError) {
    try json.object(Key.self) { key, json throws(JSONError) in
      switch key {
      case .format: _ = try json.string()
      case .modelHash: modelHash = try json.string()
      case .profile: profile = try json.string()
      case .alignment: alignment = try json.integer()
      case .buffers: buffers = try json.array(PlanBuffer.init)
      case .steps: steps = try json.array(Step.init)
      }
    }
  }

  /// A step that names its buffers.
  struct Step {
    private(set) var op = 0
    private(set) var phase = PlanStep.Phase.whole
    private(set) var inputs: [String?] = []
    private(set) var outputs: [Target] = []
    private(set) var reduce: Region?
    private(set) var sums: Target?

    enum Key: String, JSONKey {
      case op, phase, inputs, outputs, reduce, sums

      var isOptional: Bool { self == .outputs || self == .reduce || self == .sums }
    }

    init(_ json: inout JSONReader) throws(JSONError) {
      try json.object(Key.self) { key, json throws(JSONError) in
        switch key {
        case .op: op = try json.integer()
        case .phase: phase = try json.choice(PlanStep.Phase.self)
        case .inputs:
          inputs = try json.array { json throws(JSONError) in
            json.takeNull() ? nil : try json.string()
          }
        case .outputs: outputs = try json.array(Target.init)
        case .reduce: reduce = try json.region()
        case .sums: sums = try Target(&json)
        }
      }
    }
  }

  /// A region of a buffer that is named.
  struct Target {
    private(set) var buffer = ""
    private(set) var region = Region([])

    enum Key: String, JSONKey {
      case buffer, region

      var isOptional: Bool { false }
    }

    init(_ json: inout JSONReader) throws(JSONError) {
      try json.object(Key.self) { key, json throws(JSONError) in
        switch key {
        case .buffer: buffer = try json.string()
        case .region: region = try json.region()
        }
      }
    }
  }
}

extension PlanBuffer {
  private enum Key: String, JSONKey {
    case name, tensor, element, region, ring, memory, offset, size

    var isOptional: Bool { self == .ring }
  }

  fileprivate init(_ json: inout JSONReader) throws(JSONError) {
    self.init(name: "", tensor: 0, element: .int8, region: Region([]))
    var size = 0
    try json.object(Key.self) { key, json throws(JSONError) in
      switch key {
      case .name: name = try json.string()
      case .tensor: tensor = try json.integer()
      case .element: element = try json.choice(ElementType.self)
      case .region: region = try json.region()
      case .ring: rings = try json.rings()
      case .memory: memory = try json.choice(Memory.self)
      case .offset: offset = try json.integer()
      case .size: size = try json.integer()
      }
    }
    // The size of a buffer of reasonable extents fits an integer.
    guard Shape(checking: storedExtents) != nil, size == sizeInBytes else {
      throw json.refused(
        "size: expected the exact size of the stored extents \(storedExtents), found \(size)")
    }
  }
}

extension JSONReader {
  /// Reads a box: one pair [low, high] per axis.
  fileprivate mutating func region() throws(JSONError) -> Region {
    Region(
      try array { json throws(JSONError) in
        let pair = try json.array { json throws(JSONError) in try json.integer() }
        // The limit is that of `Shape`, and keeps every product far from overflow.
        guard pair.count == 2, 0 <= pair[0], pair[0] <= pair[1], pair[1] <= 1 << 48 else {
          throw json.refused("expected a range [low, high] with 0 <= low <= high, found \(pair)")
        }
        return pair[0]..<pair[1]
      })
  }

  /// Reads the capacity of each ring axis.
  fileprivate mutating func rings() throws(JSONError) -> [Int: Int] {
    var rings: [Int: Int] = [:]
    try members { key, json throws(JSONError) in
      guard let axis = Int(key), String(axis) == key else {
        throw json.refused("expected the number of an axis, found \(key)")
      }
      guard rings[axis] == nil else { throw json.refused("the key is given twice") }
      rings[axis] = try json.integer()
    }
    return rings
  }
}
