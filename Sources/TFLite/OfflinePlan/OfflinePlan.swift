public import Tensor

/// An offline memory plan: where TensorFlow Lite Micro is told to put tensors, as metadata of a model.
///
/// Source: `docs/memory_management.md` and `micro_allocation_info.cc` of TensorFlow Lite Micro. The payload is
/// little-endian words of 32 bits: version, number of subgraphs, count, then one offset per tensor.
public struct OfflinePlan: Hashable, Sendable {
  /// The metadata's name.
  public static let metadataName = "OfflineMemoryAllocation"
  /// The offset that leaves a tensor to the planner at run time.
  public static let unplanned: Int32 = -1

  /// The version of the format; readers ignore it.
  public var version: Int32
  /// How many subgraphs the model has; readers ignore it.
  public var subgraphCount: Int32
  /// Bytes from the arena's start, or `unplanned`, for each tensor: constants too, the tensors of the first
  /// subgraph before those of the next.
  public var offsets: [Int32]

  /// Makes a plan; `nil` leaves a tensor to the planner.
  ///
  /// - Throws: `OfflinePlanError.offset` for the first one that the format cannot hold.
  public init(subgraphCount: Int, offsets: [Int?]) throws(OfflinePlanError) {
    version = 1
    self.subgraphCount = Int32(clamping: subgraphCount)
    self.offsets = []
    for (tensor, offset) in offsets.enumerated() {
      guard let offset else {
        self.offsets.append(Self.unplanned)
        continue
      }
      guard let word = Int32(exactly: offset), word >= 0 else {
        throw .offset(tensor: tensor, found: offset)
      }
      self.offsets.append(word)
    }
  }

  /// Reads the bytes of a model's metadata.
  public init(payload: Bytes) throws(OfflinePlanError) {
    let words = payload.elements(of: Int32.self)
    guard words.count >= Self.headerCount else {
      throw .payloadSize(found: payload.count, expected: 4 * Self.headerCount)
    }
    let expected = 4 * (Self.headerCount + Int(UInt32(bitPattern: words[2])))
    guard payload.count == expected else {
      throw .payloadSize(found: payload.count, expected: expected)
    }
    version = words[0]
    subgraphCount = words[1]
    offsets = Array(words[Self.headerCount...])
  }

  /// The words before the offsets.
  private static let headerCount = 3

  /// The bytes of the metadata.
  public var payload: [UInt8] {
    ([version, subgraphCount, Int32(clamping: offsets.count)] + offsets).flatMap { word in
      withUnsafeBytes(of: word.littleEndian, Array.init)
    }
  }
}

extension Model {
  /// The offline memory plan, where there is one; of several the last, as TensorFlow Lite Micro reads them.
  public func offlinePlan() throws(OfflinePlanError) -> OfflinePlan? {
    guard let record = metadata.last(where: { $0.name == OfflinePlan.metadataName }) else {
      return nil
    }
    return try OfflinePlan(payload: record.bytes)
  }

  /// How many tensors all subgraphs have together: how many offsets a plan has to have.
  public var tensorCount: Int { subgraphs.reduce(0) { $0 + $1.tensors.count } }
}
