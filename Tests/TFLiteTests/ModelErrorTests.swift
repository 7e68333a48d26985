import TFLite
import Tensor
import Testing

@Suite struct ModelErrorTests {
  @Test(arguments: shapes + quantizations + indices + constants + damages)
  func faultIsNamed(_ fault: ModelErrorCase) {
    #expect(throws: fault.expected) { try Model(parsing: fault.file.bytes) }
    #expect(fault.expected.description.hasPrefix("\(fault.expected.place): expected "))
    #expect(!fault.expected.description.contains("\n"))
  }

  @Test func soundModelIsRead() throws {
    #expect(try Model(parsing: FlatFile(ModelNodes.model()).bytes).subgraphs.count == 1)
  }

  @Test(arguments: 0..<8) func shortFile(_ count: Int) throws {
    let bytes = try #require(SampleModel.file.bytes[0..<count])
    #expect(
      throws: ModelError.outside(
        at: ModelPlace(.model, 0), .header, byteCount: 8, available: count)
    ) { try Model(parsing: bytes) }
  }

  @Test func messageSaysPlaceExpectedFoundAndAdvice() {
    let place = ModelPlace(.model["subgraphs"][0]["tensors"][12]["shape"], 1234)
    #expect(
      ModelError.shape(at: place, found: [1, -5]).description
        == "subgraphs[0].tensors[12].shape (byte 1234): expected extents of at least 0 whose "
        + "product is at most 2^48, found [1, -5]; correct the tool that wrote the file, or export "
        + "it again")
    #expect(
      ModelError.shape(at: place, found: [Int](repeating: -1, count: 9)).description
        .contains("found [-1, -1, -1, -1, -1, -1, -1, -1, … 9 in all];"))
    #expect(
      ModelError.identifier(at: ModelPlace(.model, 4), found: Array("PK\u{3}\n".utf8)).description
        == "model (byte 4): expected the file identifier \"TFL3\", found \"PK\\u{03}\\n\"; give a "
        + ".tflite file")
  }
}

extension ModelErrorTests {
  static let shapes: [ModelErrorCase] = [
    .tensor("negative extent", ModelNodes.tensor([2, -1, 3])) {
      .shape(at: ModelPlace(ModelErrorCase.tensor["shape"], $0.offset("shape")), found: [2, -1, 3])
    },
    .tensor("product past 2^63", ModelNodes.tensor([.max, .max, .max])) {
      .shape(
        at: ModelPlace(ModelErrorCase.tensor["shape"], $0.offset("shape")),
        found: [2_147_483_647, 2_147_483_647, 2_147_483_647])
    },
    .tensor("product past 2^48", ModelNodes.tensor([1 << 24, 1 << 24, 2])) {
      .shape(
        at: ModelPlace(ModelErrorCase.tensor["shape"], $0.offset("shape")),
        found: [1 << 24, 1 << 24, 2])
    },
    .tensor("signature of another rank", signed([1, 2], [-1])) {
      .shapeSignature(
        at: ModelPlace(ModelErrorCase.tensor["shape_signature"], $0.offset("signature")),
        found: [-1], shape: [1, 2])
    },
    .tensor("signature under -1", signed([1, 2], [1, -2])) {
      .shapeSignature(
        at: ModelPlace(ModelErrorCase.tensor["shape_signature"], $0.offset("signature")),
        found: [1, -2], shape: [1, 2])
    },
    .tensor("shape of 2^32 - 1 extents", ModelNodes.tensor(adding: [0: endless])) {
      .outside(
        at: ModelPlace(ModelErrorCase.tensor["shape"], $0.offset("endless")), .elements,
        byteCount: 4 * 0xFFFF_FFFF, available: $0.content.count - $0.offset("endless") - 4)
    },
    .tensor("name of 2^32 - 1 bytes", ModelNodes.tensor(adding: [3: endless])) {
      .outside(
        at: ModelPlace(ModelErrorCase.tensor["name"], $0.offset("endless")), .elements,
        byteCount: 0xFFFF_FFFF, available: $0.content.count - $0.offset("endless") - 4)
    },
    ModelErrorCase("2^32 - 1 tensors", ModelNodes.model(tensors: endless)) {
      .outside(
        at: ModelPlace(ModelErrorCase.subgraph["tensors"], $0.offset("endless")), .elements,
        byteCount: 4 * 0xFFFF_FFFF, available: $0.content.count - $0.offset("endless") - 4)
    },
  ]

  static let quantizations: [ModelErrorCase] = [
    scale("NaN scale", .nan), scale("infinite scale", .infinity), scale("scale 0", 0),
    scale("negative scale", -0.5),
    .quantization("negative among several", [2], ModelNodes.quantization([1, -0.5])) {
      .scale(
        at: ModelPlace(scalePath[1], $0.offset("scale") + 8), bitPattern: Float(-0.5).bitPattern)
    },
    .quantization("2 scales for 3", [1, 3], ModelNodes.quantization([1, 2], axis: 1)) {
      .scaleCount(at: ModelPlace(scalePath, $0.offset("scale")), found: 2, extent: 3)
    },
    .quantization("axis past rank", [2, 2], ModelNodes.quantization([1, 2], axis: 2)) {
      .quantizedAxis(
        at: ModelPlace(axisPath, $0.offset("quantized_dimension")), found: 2, rank: 2)
    },
    .quantization("negative axis", [2, 2], ModelNodes.quantization([1, 2], axis: -1)) {
      .quantizedAxis(
        at: ModelPlace(axisPath, $0.offset("quantized_dimension")), found: -1, rank: 2)
    },
    .quantization("several scales of a scalar", [], ModelNodes.quantization([1, 2], axis: 0)) {
      .quantizedAxis(
        at: ModelPlace(axisPath, $0.offset("quantized_dimension")), found: 0, rank: 0)
    },
    .quantization("zero points", [3], ModelNodes.quantization([1, 2, 3], zeroPoints: [0, 0])) {
      .zeroPointCount(
        at: ModelPlace(zeroPointPath, $0.offset("zero_point")), found: 2, scaleCount: 3)
    },
    .quantization("zero point 128", [2], ModelNodes.quantization([1, 2], zeroPoints: [0, 128])) {
      .zeroPoint(
        at: ModelPlace(zeroPointPath[1], $0.offset("zero_point") + 12), found: 128,
        codes: -128...127)
    },
    .quantization(
      "zero point 2^40", [2], type: ModelNodes.int32,
      ModelNodes.quantization([1], zeroPoints: [1 << 40])
    ) {
      .zeroPoint(
        at: ModelPlace(zeroPointPath[0], $0.offset("zero_point") + 4), found: 1 << 40,
        codes: Int32.min...Int32.max)
    },
  ]

  private static let endless = FlatNode.vector([1, 2, 3, 4], count: .max).marked("endless")
  private static let quantizationPath = ModelErrorCase.tensor["quantization"]
  private static let scalePath = quantizationPath["scale"]
  private static let zeroPointPath = quantizationPath["zero_point"]
  private static let axisPath = quantizationPath["quantized_dimension"]

  private static func signed(_ shape: [Int32], _ signature: [Int32]) -> FlatNode {
    ModelNodes.tensor(shape, adding: [7: FlatNode.numbers(signature).marked("signature")])
  }

  private static func scale(_ name: String, _ scale: Float) -> ModelErrorCase {
    .quantization(name, [1], ModelNodes.quantization([scale])) {
      .scale(
        at: ModelPlace(scalePath[0], $0.offset("scale") + 4), bitPattern: scale.bitPattern)
    }
  }
}
