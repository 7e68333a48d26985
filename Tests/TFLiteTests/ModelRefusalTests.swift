import Ops
import TFLite
import Tensor
import Testing

/// Everything in a model that is refused is found at once, each with its place.
@Suite struct ModelRefusalTests {
  private static let quantization = ModelNodes.quantization([1], zeroPoints: [0])

  private static let tensors = [
    ModelNodes.tensor([1, 2], name: "codes", quantization: quantization),
    ModelNodes.tensor([1, 2], type: ModelNodes.bool, name: "flags"),
    ModelNodes.tensor([1, 2], type: ModelNodes.string, name: "words"),
    ModelNodes.tensor([1, 4], name: "pair", quantization: quantization),
    ModelNodes.tensor([1, 2], name: "kept", adding: [5: .number(UInt8(1))]),
    ModelNodes.tensor([Int32](repeating: 1, count: 9), name: "deep"),
    ModelNodes.tensor([1, 2], name: "details", quantization: .table([4: .number(UInt8(2))])),
  ]

  /// WHERE, RELU, CONCATENATION.
  private static let codes = [109, 19, 2].map { code in
    FlatNode.table([0: .number(Int8(clamping: code)), 3: .number(Int32(code))])
  }

  private static func operation(
    _ code: UInt32, _ inputs: [Int32], _ outputs: [Int32], options type: UInt8 = 0,
    _ options: [Int: FlatNode]? = nil
  ) -> FlatNode {
    var fields: [Int: FlatNode] = [0: .number(code), 3: .number(type)]
    fields[4] = options.map { .table($0) }
    return ModelNodes.operation(inputs: inputs, outputs: outputs, adding: fields)
  }

  private static func refusals(_ operators: [FlatNode]) throws -> [ModelRefusal] {
    let model = ModelNodes.model(
      tensors: .tables(tensors), operators: operators, inputs: [0], outputs: [],
      adding: [1: .tables(codes)])
    return try ImportedModel(parsing: FlatFile(model).bytes).refusals
  }

  @Test func allAreFoundOperatorsFirst() throws {
    let found = try Self.refusals([
      Self.operation(0, [0], [0]), Self.operation(1, [0], [0]), Self.operation(1, [1], [1]),
      Self.operation(2, [0, 0], [3], options: 10, [0: .number(Int32(1)), 1: .number(Int8(1))]),
      Self.operation(2, [0, 0], [3], options: 9, [:]), Self.operation(1, [0], [3]),
      Self.operation(1, [2], [2]), Self.operation(0, [4], [4]), Self.operation(0, [5], [5]),
      Self.operation(0, [6], [6]),
    ])
    #expect(found.compactMap(\.node) == [0, 2, 3, 4, 5, 7, 8, 9])
    #expect(found.compactMap(\.tensor) == [2, 4, 5, 6])
    #expect(found.map { $0.node == nil }.sorted { !$0 && $1 } == found.map { $0.node == nil })
    #expect(
      found.map(\.isUnsupported)
        == [true, true, true, false, false, true, true, true, true, true, true, true])
    #expect(
      found.map(\.name) == [
        "WHERE", "RELU", "CONCATENATION", "CONCATENATION", "RELU", "WHERE", "WHERE", "WHERE",
        "words",
        "kept", "deep", "details",
      ])
    guard case .rejected(node: 2, name: "RELU", let error) = found[1] else {
      Issue.record("\(found[1])")
      return
    }
    #expect(error.kind == .unsupported && error.subject == .operand(0) && error.found == "bool")
    #expect(
      found[2].description
        == "operator 3 (CONCATENATION): option 1: supported no fused activation, not one")
    #expect(found[3] == .otherOptions(node: 4, name: "CONCATENATION", expected: 10, found: 9))
    #expect(found[4].description.hasPrefix("operator 5 (RELU): output 0: expected shape [1, 2]"))
    #expect(found[8].description.hasPrefix("tensor 2 (words): elements of type string"))
    #expect(found[10] == .axes(tensor: 5, name: "deep", rank: 9))
    #expect(found[11].reason == "quantization by blocks: not supported")
  }

  @Test func whatContradictsItselfAloneIsNotUnsupported() throws {
    let found = try Self.refusals([Self.operation(1, [0], [3])])
    #expect(found.count == 1)
    #expect(!ImportError.refused(found).isUnsupported)
    #expect(!ImportError.refused(found).description.contains("supported operators"))
  }

  @Test func missingOperatorsAreFollowedByThoseThatThereAre() throws {
    let error = ImportError.refused(try Self.refusals([Self.operation(0, [0], [0])]))
    #expect(error.isUnsupported)
    #expect(
      error.description.hasPrefix("operator 0: WHERE is not supported\nsupported operators: "))
    #expect(error.description.contains("CONV_2D"))
  }

  @Test func aSoundModelHasNone() throws {
    #expect(try ImportedModel(parsing: TinyNetwork.file.bytes).refusals == [])
  }
}
