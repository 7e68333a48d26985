import Graph
import Ops
import Tensor
import TestSupport
import Testing
import Verify

@Suite struct RecordedCheckTests {
  @Test(arguments: Fixtures.names, Profile.all.map(\.name))
  func theFixturesAreExact(_ name: String, _ profileName: String) throws {
    let graph = try GraphFixture.graph(name)
    let check = try RecordedCheck(graph, profile: #require(Profile.named(profileName)))
    for recorded in try GraphRecording.cases(of: name, profile: profileName) {
      #expect(try check.mismatches(in: [Self.record(recorded)]) == [])
    }
  }

  @Test(arguments: [0, 100, 191]) func oneByteThatDiffers(_ index: Int) throws {
    let graph = try GraphFixture.graph("residual_block")
    let check = try RecordedCheck(graph, profile: .tflm)
    let recorded = try #require(
      try GraphRecording.cases(of: "residual_block", profile: "tflm").first)
    var codes = recorded.outputs[0].elements(of: UInt8.self)
    let right = codes[index]
    codes[index] ^= 0x81
    let mismatches = try check.mismatches(
      in: [.init(name: "c0", inputs: recorded.inputs, outputs: [Bytes(copying: codes)])])
    #expect(mismatches.count == 1)
    let found = try #require(mismatches.first)
    #expect(found.caseName == "c0")
    #expect(found.output == 0)
    #expect(found.tensor == 14)
    #expect(found.producer == 5)
    #expect(found.count == 1)
    #expect(found.elementCount == 192)
    #expect(found.first?.coordinate == [0, index / 48, index / 16 % 3, index % 16])
    #expect(found.first?.recorded == ElementValue(.int8, [right ^ 0x81]))
    #expect(found.first?.computed == ElementValue(.int8, [right]))
  }

  @Test func whatWasNotRecordedIsNotCompared() throws {
    let graph = try GraphFixture.graph("residual_block")
    let check = try RecordedCheck(graph, profile: .tflm)
    let inputs = [Bytes(copying: [UInt8](repeating: 0, count: 1536))]
    #expect(try check.mismatches(in: [.init(name: "c", inputs: inputs, outputs: [nil])]) == [])
  }

  @Test func theFirstInnerTensorIsNamed() throws {
    let graph = try GraphFixture.graph("residual_block")
    let check = try RecordedCheck(graph, profile: .tflm)
    let recorded = try #require(
      try GraphRecording.cases(of: "residual_block", profile: "tflm").first)
    var asked: [Int] = []
    let found = try check.firstMismatch(in: Self.record(recorded)) { tensor, value in
      asked.append(tensor)
      #expect(value.count == graph.tensors[tensor].type.sizeInBytes)
      return tensor == 9 ? nil : tensor != 11
    }
    #expect(asked == [9, 10, 11])
    #expect(found?.tensor == 11)
    #expect(found?.producer == 2)
    #expect(found?.output == nil)
    #expect(try check.firstMismatch(in: Self.record(recorded)) { _, _ in true } == nil)
  }

  private static func record(_ recording: GraphRecording) -> RecordedCheck.Case {
    RecordedCheck.Case(
      name: recording.name, inputs: recording.inputs, outputs: recording.outputs)
  }
}
