import Graph
import Ops
import TFLite
import Tensor
import Testing

/// Custom operators, from their name and their bytes to a node of a graph.
@Suite struct CustomOperatorTests {
  private static let name = "TFLite_Detection_PostProcess"

  private static let attributes: [(key: String, value: FlexFile.Value)] = [
    ("h_scale", .real(5)), ("max_classes_per_detection", .signed(2)),
    ("max_detections", .signed(3)), ("nms_iou_threshold", .real(0.5)),
    ("nms_score_threshold", .real(0.25)), ("num_classes", .signed(1)), ("w_scale", .real(5)),
    ("x_scale", .real(10)), ("y_scale", .real(10)),
  ].map { (key: $0, value: $1) }

  private static func detector(
    name: String = name, options: [UInt8]? = FlexFile(attributes).content,
    results: [FlatNode] = [FlatNode](repeating: result([]), count: 4),
    adding operators: [FlatNode] = [], buffers: [FlatNode] = [ModelNodes.buffer()]
  ) -> Bytes {
    var fields = [0: FlatNode.number(UInt32(0))]
    fields[5] = options.map(FlatNode.numbers)
    let model = ModelNodes.model(
      tensors: .tables([result([1, 2, 4]), result([1, 2, 2]), result([2, 4])] + results),
      operators: operators + [
        ModelNodes.operation(inputs: [0, 1, 2], outputs: [3, 4, 5, 6], adding: fields)
      ], inputs: [0, 1, 2], outputs: [3, 4, 5, 6], buffers: buffers,
      adding: [
        1: .tables([
          .table([0: .number(Int8(32)), 1: .string(name), 3: .number(Int32(32))]),
          .table([0: .number(Int8(22)), 3: .number(Int32(22))]),
        ])
      ])
    return FlatFile(model).bytes
  }

  private static func result(_ shape: [Int32], signature: [Int32]? = nil) -> FlatNode {
    ModelNodes.tensor(
      shape, type: ModelNodes.float32, adding: signature.map { [7: .numbers($0)] } ?? [:])
  }

  private func graph(_ bytes: Bytes) throws -> Graph { try ImportedModel(parsing: bytes).graph() }

  private static let shapes = [Shape(1, 6, 4), Shape(1, 6), Shape(1, 6), Shape(1)]

  /// Attributes by name, in whatever order; one that is absent has its default.
  @Test func itsAttributesAreRead() throws {
    let graph = try graph(Self.detector())
    let operation = try #require(graph.nodes[0].operation as? DetectionPostprocess)
    #expect(graph.nodes[0].operatorName == Self.name)
    #expect(operation.maxDetections == 3 && operation.maxClassesPerDetection == 2)
    #expect(operation.classCount == 1 && operation.detectionsPerClass == 100)
    #expect(operation.overlapThreshold == 0.5 && operation.scoreThreshold == 0.25)
    #expect(operation.scales == [10, 10, 5, 5] && !operation.suppressesByClass)
  }

  /// No shape, one that is known, and one of which a part is.
  @Test(
    arguments: [
      ([], nil), ([1, 6], nil), ([1, 1], [1, -1]), ([1, 1], [-1, -1]),
    ] as [([Int32], [Int32]?)])
  func itsResultsHaveTheShapesThatItSays(_ shape: [Int32], _ signature: [Int32]?) throws {
    var results = [FlatNode](repeating: Self.result([]), count: 4)
    results[1] = Self.result(shape, signature: signature)
    let graph = try graph(Self.detector(results: results))
    #expect(graph.outputs.map { graph.tensors[$0].type.shape } == Self.shapes)
  }

  @Test func aShapeThatTheFileKnowsOtherwise() throws {
    var results = [FlatNode](repeating: Self.result([]), count: 4)
    results[2] = Self.result([1, 5])
    let error = try #require(throws: ImportError.self) {
      try graph(Self.detector(results: results))
    }
    guard case .refused(let refusals) = error,
      case .rejected(node: 0, _, let reason)? = refusals.first
    else {
      Issue.record("\(error)")
      return
    }
    #expect(reason.subject == .output(2))
  }

  /// A constant keeps its shape, though an operator claims to make it.
  @Test func aResultThatIsGiven() throws {
    var results = [FlatNode](repeating: Self.result([]), count: 4)
    results[0] = ModelNodes.tensor([], type: ModelNodes.float32, buffer: 1)
    let reshape = ModelNodes.operation(
      inputs: [3], outputs: [7], adding: [0: .number(UInt32(1))])
    results.append(Self.result([1]))
    let error = try #require(throws: ImportError.self) {
      try graph(
        Self.detector(
          results: results, adding: [reshape],
          buffers: [ModelNodes.buffer(), ModelNodes.buffer([0, 0, 0, 0])]))
    }
    guard case .refused(let refusals) = error,
      case .rejected(node: 1, _, let reason)? = refusals.first
    else {
      Issue.record("\(error)")
      return
    }
    #expect(reason.subject == .output(0) && reason.found == "[]")
  }

  /// Several scales are those of an axis, whose extent the file knows.
  @Test func aResultWithAScalePerChannel() throws {
    var results = [FlatNode](repeating: Self.result([]), count: 4)
    results[3] = ModelNodes.tensor(
      [1, 2], type: ModelNodes.float32,
      quantization: ModelNodes.quantization([1, 2], zeroPoints: [0, 0], axis: 1),
      adding: [7: .numbers([1, -1] as [Int32])])
    let error = try #require(throws: ImportError.self) {
      try graph(Self.detector(results: results))
    }
    guard case .refused(let refusals) = error,
      case .rejected(node: 0, _, let reason)? = refusals.first
    else {
      Issue.record("\(error)")
      return
    }
    #expect(reason.subject == .output(3))
  }

  @Test(arguments: ["TFLite_Detection", "tflite_detection_postprocess", ""])
  func anotherName(_ name: String) throws {
    #expect(throws: ImportError.refused([.operation(node: 0, name: name)])) {
      try graph(Self.detector(name: name))
    }
  }

  /// No attributes, no map, and a map whose values are others.
  @Test(
    arguments: [
      nil, [], [1, 2, 3], FlexFile([]).content,
      FlexFile([(key: "max_detections", value: .other(5))]).content,
    ] as [[UInt8]?])
  func attributesThatAreNone(_ options: [UInt8]?) throws {
    let error = try #require(throws: ImportError.self) {
      try graph(Self.detector(options: options))
    }
    guard case .refused(let refusals) = error,
      case .options(node: 0, name: Self.name, let reason)? = refusals.first
    else {
      Issue.record("\(error)")
      return
    }
    #expect(!reason.description.isEmpty && !error.isUnsupported)
  }
}
