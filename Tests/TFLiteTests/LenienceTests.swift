import TFLite
import Tensor
import Testing

/// What real files do, or the schema allows, and is accepted.
@Suite struct LenienceTests {
  private func read(
    _ tensor: FlatNode, data: [UInt8]? = nil
  ) throws(ModelError) -> TensorRecord {
    let buffers = [ModelNodes.buffer(), ModelNodes.buffer(data)]
    let node = ModelNodes.model(tensor: tensor, buffers: buffers)
    return try Model(parsing: FlatFile(node).bytes).subgraphs[0].tensors[0]
  }

  @Test func axisOfRank1IsClamped() throws {
    let quantization = ModelNodes.quantization([1, 2], axis: 3)
    let tensor = try read(ModelNodes.tensor([2], quantization: quantization))
    #expect(tensor.quantization == Quantization(scales: [1, 2], zeroPoints: [0, 0], axis: 0))
  }

  @Test func axisOfASingleScaleIsIgnored() throws {
    let quantization = ModelNodes.quantization([2], zeroPoints: [1], axis: 9)
    let tensor = try read(ModelNodes.tensor([2, 2], quantization: quantization))
    #expect(tensor.quantization == Quantization(scale: 2, zeroPoint: 1))
  }

  @Test func absentAndEmptyZeroPointsAre0() throws {
    for zeroPoints in [nil, []] as [[Int64]?] {
      let quantization = ModelNodes.quantization([1, 2], zeroPoints: zeroPoints)
      let tensor = try read(ModelNodes.tensor([2], quantization: quantization))
      #expect(tensor.quantization?.zeroPoints == [0, 0])
    }
  }

  @Test func emptyScalesAreNone() throws {
    let quantization = ModelNodes.quantization([], zeroPoints: [1, 2, 3])
    #expect(try read(ModelNodes.tensor(quantization: quantization)).quantization == nil)
  }

  @Test func constantsMayHaveNegativeScalesAmongSeveral() throws {
    let quantization = ModelNodes.quantization([1, -2])
    let tensor = ModelNodes.tensor([2], buffer: 1, quantization: quantization)
    #expect(try read(tensor, data: [1, 2]).quantization?.scales == [1, -2])
    #expect(throws: ModelError.self) { try read(tensor) }
  }

  @Test(arguments: [
    (18, "bfloat16"), (ModelNodes.string, "string"), (99, "unknown type 99"),
  ])
  func constantsOfOtherTypesAreNotMeasured(_ type: Int8, _ name: String) throws {
    let tensor = try read(ModelNodes.tensor([5], type: type, buffer: 1), data: [1, 2, 3])
    #expect(tensor.element == nil)
    #expect(tensor.elementName == name)
    #expect(tensor.constant?.count == 3)
  }

  /// Two elements share a byte, the first in its lower half; the last one here is alone.
  @Test func constantsOfFourBitsAreUnpacked() throws {
    let tensor = try read(
      ModelNodes.tensor([5], type: ModelNodes.int4, buffer: 1), data: [0x21, 0xF3, 0x08])
    #expect(tensor.element == .int4)
    #expect(tensor.constant?.elements(of: Int8.self) == [1, 2, 3, -1, -8])
    #expect(throws: ModelError.self) {
      try read(ModelNodes.tensor([5], type: ModelNodes.int4, buffer: 1), data: [1, 2])
    }
  }

  @Test func sparseConstantsAreNotMeasured() throws {
    let tensor = ModelNodes.tensor([4], buffer: 1, adding: [6: .table([:])])
    #expect(try read(tensor, data: [1]).encoding == .sparse)
  }

  @Test func constantsInOtherFilesAreNotRead() throws {
    let tensor = ModelNodes.tensor([4], buffer: 1, adding: [10: .number(UInt32(3))])
    #expect(try read(tensor, data: [1]).encoding == .external)
    #expect(try read(tensor, data: [1]).constant == nil)
  }

  @Test(arguments: [UInt8(1), 2, 3, 4]) func quantizationDetails(_ code: UInt8) throws {
    let quantization = ModelNodes.quantization([1], adding: [4: .number(code)])
    let tensor = try read(ModelNodes.tensor(quantization: quantization))
    #expect(tensor.encoding == .quantizationDetails(Int(code)))
    #expect(tensor.encoding.description.hasPrefix("quantization"))
  }

  @Test func tensorWithoutElementsIsConstantIfItsBufferHasData() throws {
    #expect(try read(ModelNodes.tensor([0], buffer: 1), data: []).constant?.count == 0)
    #expect(try read(ModelNodes.tensor([0], buffer: 1)).constant == nil)
    #expect(try read(ModelNodes.tensor([1], buffer: 1), data: []).constant == nil)
  }

  @Test func emptyDataGivesWayToExternalData() throws {
    let buffer = FlatNode.table([
      0: .numbers([UInt8]()), 1: FlatNode.number(UInt64(0)).marked("offset"),
      2: .number(UInt64(2)),
    ])
    var file = FlatFile(
      ModelNodes.model(
        tensor: ModelNodes.tensor([2], buffer: 1), buffers: [ModelNodes.buffer(), buffer]))
    file.patch(file.offset("offset"), UInt64(file.append([5, 6])))
    let constant = try Model(parsing: file.bytes).subgraphs[0].tensors[0].constant
    #expect(constant == Bytes(copying: [5, 6] as [UInt8]))
  }

  @Test func everythingMayBeAbsent() throws {
    let model = try Model(
      parsing: FlatFile(.table([0: .number(UInt32(3)), 2: .tables([.table([:])])])).bytes)
    #expect(model.subgraphs[0].tensors.isEmpty)
    #expect(model.operatorCodes.isEmpty)
    #expect(model.metadata.isEmpty)
    let tensor = try read(.table([:]))
    #expect(tensor.element == .float32)
    #expect(tensor.shape == [])
    #expect(tensor.name == "")
  }

  @Test func textThatIsNotUTF8IsReplaced() throws {
    let tensor = try read(ModelNodes.tensor(adding: [3: .numbers([0x61, 0xFF] as [UInt8])]))
    #expect(tensor.name == "a\u{FFFD}")
  }
}
