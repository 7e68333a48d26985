import Ops
import TFLite
import Tensor
import Testing

@Suite struct ModelTests {
  let model: Model
  var main: Subgraph { model.subgraphs[0] }

  init() throws {
    model = try Model(parsing: SampleModel.file.bytes)
  }

  @Test func modelTable() {
    #expect(model.version == 3)
    #expect(model.description == "test")
    #expect(model.subgraphs.count == 1)
    #expect(model.metadata.map(\.name) == ["plan"])
    #expect(model.metadata.map(\.bytes) == [Bytes(copying: [0xAA, 0xBB] as [UInt8])])
  }

  @Test func operatorCodesTakeTheLargerOfTheTwoFields() {
    #expect(model.operatorCodes.map(\.builtinCode) == [3, 32, 150])
    #expect(model.operatorCodes.map(\.name) == ["CONV_2D", "Special", "GELU"])
    #expect(model.operatorCodes.map(\.version) == [8, 1, 1])
    #expect(model.operatorCodes.map(\.customCode) == [nil, "Special", nil])
  }

  @Test func subgraphTable() {
    #expect(main.name == "main")
    #expect(main.inputs == [0])
    #expect(main.outputs == [3])
    #expect(main.operators.map(\.opcodeIndex) == [0, 1])
  }

  @Test func tensors() {
    let names = ["input", "filter", "bias", "output", "state", "scalar", "strings", "external"]
    #expect(main.tensors.map(\.name) == names)
    #expect(
      main.tensors.map(\.shape)
        == [[1, 2, 2, 1], [2, 1, 1, 2], [2], [1, 2, 2, 2], [4], [], [3], [4]])
    #expect(
      main.tensors.map(\.element) == [.int8, .int8, .int32, .int8, .float32, .int32, nil, .int8])
    #expect(main.tensors[6].elementName == "string")
    #expect(main.tensors[6].elementCode == 5)
    #expect(main.tensors[0].shapeSignature == [-1, 2, 2, 1])
    #expect(main.tensors.dropFirst().allSatisfy { $0.shapeSignature == nil })
    #expect(main.tensors.filter(\.isVariable).map(\.name) == ["state"])
    #expect(main.tensors.map(\.buffer) == [0, 1, 2, 3, 0, 4, 6, 5])
    #expect(main.tensors.allSatisfy { $0.encoding == .plain })
  }

  @Test func constants() {
    let constants = main.tensors.map { $0.constant.map { Array($0.buffer) } }
    #expect(
      constants == [
        nil, [1, 2, 3, 4], [UInt8](repeating: 7, count: 8), nil, nil, [9, 0, 0, 0], [0xAA, 0xBB],
        [21, 22, 23, 24],
      ])
  }

  @Test func constantsStayInPlace() throws {
    let bytes = SampleModel.file.bytes
    let tensors = try Model(parsing: bytes).subgraphs[0].tensors
    let file = try #require(bytes.buffer.baseAddress)
    let constant = try #require(tensors[1].constant?.buffer.baseAddress)
    #expect(constant == file + SampleModel.file.offset("filter.data") + 4)
  }

  @Test func quantizations() {
    #expect(
      main.tensors.map(\.quantization) == [
        Quantization(scale: 0.5, zeroPoint: -3),
        Quantization(scales: [0.25, -0.125], zeroPoints: [0, 0], axis: 0),
        Quantization(scales: [0.5, 0.75], zeroPoints: [0, 0], axis: 0),
        Quantization(scales: [1, 2], zeroPoints: [5, 5], axis: 3),
        nil, nil, nil, nil,
      ])
  }

  @Test func operators() {
    #expect(main.operators.map(\.inputs) == [[0, 1, 2], [-1, 3]])
    #expect(main.operators.map(\.outputs) == [[3], [3]])
    #expect(main.operators.map(\.intermediates) == [[], [4]])
    #expect(main.operators.map(\.optionsType) == [1, 2])
    #expect(main.operators.map { $0.customOptions.map { Array($0.buffer) } } == [nil, [8, 9, 10]])
  }

  @Test func optionsOfTheSecondUnion() throws {
    let options = try #require(main.operators[1].options)
    #expect(try options.int32(0, default: 0) == 6)
  }
}
