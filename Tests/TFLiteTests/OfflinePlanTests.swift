import Files
import TFLite
import Tensor
import TestSupport
import Testing

/// Offline memory plans as metadata: what is read, and what is written.
@Suite struct OfflinePlanTests {
  /// Version, subgraphs, count, then one word per tensor, all little-endian.
  @Test func thePayload() throws {
    let plan = try OfflinePlan(subgraphCount: 1, offsets: [0, nil, 0x1230])
    let bytes: [UInt8] = [
      1, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 0x30, 0x12, 0, 0,
    ]
    #expect(plan.payload == bytes)
    #expect(try OfflinePlan(payload: Bytes(copying: bytes)) == plan)
  }

  @Test(arguments: [-1, Int(Int32.max) + 1]) func offsetsThatDoNotFit(_ offset: Int) {
    #expect(throws: OfflinePlanError.offset(tensor: 1, found: offset)) {
      try OfflinePlan(subgraphCount: 1, offsets: [0, offset])
    }
  }

  /// No prefix of a payload is one, and neither is one that goes on.
  @Test func payloadsOfAnotherSize() throws {
    let whole = try OfflinePlan(subgraphCount: 1, offsets: [0, 16, 32]).payload + [0, 0, 0, 0]
    for count in 0...whole.count where count != 24 {
      let expected = count < 12 ? 12 : 24
      #expect(throws: OfflinePlanError.payloadSize(found: count, expected: expected)) {
        try OfflinePlan(payload: Bytes(copying: Array(whole[..<count])))
      }
    }
  }

  /// A count of 2^32 - 1 is no reason to reserve memory.
  @Test func aLargeCount() {
    let words: [UInt32] = [1, 1, .max, 0]
    #expect(
      throws: OfflinePlanError.payloadSize(found: 16, expected: 4 * (3 + 0xFFFF_FFFF))
    ) { try OfflinePlan(payload: Bytes(copying: words)) }
  }

  @Test(arguments: Fixtures.names) func aWrittenPlanIsReadBack(_ name: String) throws {
    let file = try MappedFile.bytes(of: Fixtures.model(name))
    let model = try Model(parsing: file)
    #expect(try model.offlinePlan() == nil)
    let offsets = (0..<model.tensorCount).map { $0 % 3 == 0 ? nil : 16 * $0 }
    let plan = try OfflinePlan(subgraphCount: 1, offsets: offsets)
    let written = Bytes(copying: try plan.written(into: file))
    let read = try Model(parsing: written)
    #expect(try read.offlinePlan() == plan)
    try expectEqual(read, model)
    // Another plan takes its place.
    let other = try OfflinePlan(subgraphCount: 1, offsets: offsets.reversed())
    let again = try Model(parsing: Bytes(copying: other.written(into: written)))
    #expect(try again.offlinePlan() == other)
    try expectEqual(again, model)
    #expect(again.metadata.count { $0.name == OfflinePlan.metadataName } == 1)
  }

  /// Everything but the plan is as it was, and graphs are equal in all that is compared.
  private func expectEqual(_ written: Model, _ model: Model) throws {
    #expect(written.version == model.version)
    #expect(written.description == model.description)
    #expect(written.operatorCodes == model.operatorCodes)
    #expect(
      written.metadata.filter { $0.name != OfflinePlan.metadataName }
        == model.metadata.filter { $0.name != OfflinePlan.metadataName })
    let (new, old) = (written.subgraphs[0], model.subgraphs[0])
    #expect(new.inputs == old.inputs && new.outputs == old.outputs && new.name == old.name)
    #expect(new.operators.map(\.inputs) == old.operators.map(\.inputs))
    #expect(new.operators.map(\.outputs) == old.operators.map(\.outputs))
    #expect(new.operators.map(\.optionsType) == old.operators.map(\.optionsType))
    #expect(new.tensors.map(\.name) == old.tensors.map(\.name))
    #expect(new.tensors.map(\.shape) == old.tensors.map(\.shape))
    #expect(new.tensors.map(\.constant) == old.tensors.map(\.constant))
    #expect(new.tensors.map(\.quantization) == old.tensors.map(\.quantization))
    #expect(new.tensors.map(\.buffer) == old.tensors.map(\.buffer))
  }

  /// What was aligned to 16 bytes stays so: kernels on devices may rely on it.
  @Test(arguments: Fixtures.names) func theOldFileMovesBy16(_ name: String) throws {
    let file = try MappedFile.bytes(of: Fixtures.model(name))
    let count = try Model(parsing: file).tensorCount
    let plan = try OfflinePlan(subgraphCount: 1, offsets: [Int?](repeating: nil, count: count))
    let written = try plan.written(into: file)
    let shift = written.count - file.count
    #expect(shift > 0 && shift.isMultiple(of: 16))
    #expect(Array(written[shift...]) == file.elements(of: UInt8.self))
    #expect(Array(written[4..<8]) == Array("TFL3".utf8))
    let payload = try #require(
      (0..<shift).first { Array(written[$0...].prefix(plan.payload.count)) == plan.payload })
    #expect(payload.isMultiple(of: 16))
  }

  /// The buffer of an old plan is taken over, unless something else uses it.
  @Test(arguments: [false, true]) func theOldPlansBuffer(_ isShared: Bool) throws {
    let plan = try OfflinePlan(subgraphCount: 1, offsets: [0])
    let tensor = ModelNodes.tensor([24], buffer: isShared ? 1 : 0)
    let old = try OfflinePlan(subgraphCount: 1, offsets: [16, 32, 48]).payload
    let file = FlatFile(
      ModelNodes.model(
        tensors: .tables([tensor]), buffers: [ModelNodes.buffer(), ModelNodes.buffer(old)],
        adding: [6: .tables([metadata(OfflinePlan.metadataName, buffer: 1)])]))
    let read = try Model(parsing: Bytes(copying: plan.written(into: file.bytes)))
    #expect(try read.offlinePlan() == plan)
    #expect(read.subgraphs[0].tensors[0].constant == (isShared ? Bytes(copying: old) : nil))
  }

  /// TensorFlow Lite Micro goes on looking after it has found one.
  @Test func theLastPlanCounts() throws {
    let payloads = try [[0], [32]].map { try OfflinePlan(subgraphCount: 1, offsets: $0).payload }
    let file = FlatFile(
      ModelNodes.model(
        buffers: [ModelNodes.buffer()] + payloads.map { ModelNodes.buffer($0) },
        adding: [
          6: .tables([
            metadata(OfflinePlan.metadataName, buffer: 1),
            metadata(OfflinePlan.metadataName, buffer: 2),
            metadata(OfflinePlan.metadataName + "2", buffer: 1),
          ])
        ]))
    #expect(try Model(parsing: file.bytes).offlinePlan()?.offsets == [32])
  }

  private func metadata(_ name: String, buffer: UInt32) -> FlatNode {
    .table([0: .string(name), 1: .number(buffer)])
  }
}
