import TFLite
import Tensor
import TestSupport
import Testing

/// Models that no offline plan is written into, and hostile files.
@Suite struct OfflinePlanErrorTests {
  private let plan = Result { try OfflinePlan(subgraphCount: 1, offsets: [0]) }

  @Test func aPlanForAnotherNumberOfTensors() throws {
    let file = FlatFile(
      ModelNodes.model(tensors: .tables([ModelNodes.tensor(), ModelNodes.tensor()])))
    #expect(throws: OfflinePlanError.offsetCount(found: 1, expected: 2)) {
      try plan.get().written(into: file.bytes)
    }
  }

  /// Data behind the FlatBuffer is found by its place in the file, which would change.
  @Test func externalData() throws {
    var file = FlatFile(
      ModelNodes.model(
        buffers: [
          ModelNodes.buffer(), .table([1: .number(UInt64(1000)), 2: .number(UInt64(4))]),
        ]))
    while file.content.count < 1004 { _ = file.append([0]) }
    let found = refusal(file)
    guard case .externalData(let place) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect("\(place.path)" == "buffers[1].offset")
  }

  @Test func externalOptions() throws {
    let operation = ModelNodes.operation(
      adding: [9: .number(UInt64(1000)), 10: .number(UInt64(4))])
    var file = FlatFile(ModelNodes.model(operators: [operation]))
    while file.content.count < 1004 { _ = file.append([0]) }
    guard case .externalData = refusal(file) else {
      Issue.record("written")
      return
    }
  }

  /// A field of a later schema cannot be copied: nobody knows whether it refers to something.
  @Test func aFieldOfALaterSchema() throws {
    let file = FlatFile(ModelNodes.model(adding: [10: .number(UInt32(7))]))
    guard case .unknownField = refusal(file) else {
      Issue.record("written")
      return
    }
    let known = FlatFile(ModelNodes.model(adding: [9: .tables([])]))
    #expect(refusal(known) == nil)
  }

  private func refusal(_ file: FlatFile) -> OfflinePlanError? {
    do throws(OfflinePlanError) {
      let plan = try OfflinePlan(subgraphCount: 1, offsets: [0])
      _ = try plan.written(into: file.bytes)
      return nil
    } catch {
      #expect(!error.description.isEmpty)
      return error
    }
  }

  /// Every prefix of a model with a plan, and files with bits turned over: an error, or a file that reads.
  @Test func hostileFiles() throws {
    let file = FlatFile(
      ModelNodes.model(
        buffers: [ModelNodes.buffer(), ModelNodes.buffer(try plan.get().payload)],
        adding: [
          6: .tables([.table([0: .string(OfflinePlan.metadataName), 1: .number(UInt32(1))])])
        ]))
    for count in 0..<file.content.count { write(into: Array(file.content[..<count])) }
    var generator = SplitMix64(seed: 1)
    var written = 0
    for _ in 0..<20_000 {
      var damaged = file.content
      for _ in 0...Int.random(in: 0..<3, using: &generator) {
        let index = Int.random(in: damaged.indices, using: &generator)
        damaged[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      if write(into: damaged) { written += 1 }
    }
    #expect(written > 0 && written < 20_000)
  }

  /// Reads and writes; what is written has to read back.
  @discardableResult private func write(into content: [UInt8]) -> Bool {
    let file = Bytes(copying: content)
    guard let model = try? Model(parsing: file), let plan = try? plan.get() else { return false }
    _ = try? model.offlinePlan()
    guard let output = try? plan.written(into: file) else { return false }
    let read = try? Model(parsing: Bytes(copying: output)).offlinePlan()
    #expect(read == plan)
    return true
  }
}
