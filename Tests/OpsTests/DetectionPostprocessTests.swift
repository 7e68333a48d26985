import Ops
import Tensor
import TestSupport
import Testing

@Suite struct DetectionPostprocessTests {
  /// Two detections of two classes, each class of its own slot or not; scores from a quarter on.
  private static let attributes: [Int: OptionValues.Value] = [
    0: .int32(3), 1: .int32(1), 4: .float32(0.25), 5: .float32(0.4), 6: .int32(2),
    7: .float32(10), 8: .float32(10), 9: .float32(5), 10: .float32(5),
  ]

  private func detection(
    _ changes: [Int: OptionValues.Value] = [:]
  ) throws -> DetectionPostprocess {
    try DetectionPostprocess(
      DetectionPostprocess.builtins[0],
      options: OptionValues(Self.attributes.merging(changes) { $1 }))
  }

  /// A box, one of half its width in it, and one far from both.
  private static let anchors: [Float] = [0.5, 0.5, 1, 1, 0.5, 0.5, 1, 0.5, 2, 2, 1, 1]
  private static let first: [Float] = [0, 0, 1, 1]
  private static let second: [Float] = [0, 0.25, 1, 0.75]
  private static let third: [Float] = [1.5, 1.5, 2.5, 2.5]
  private static let nothing: [Float] = [0, 0, 0, 0]
  /// The background, then two classes.
  private static let scores: [Float] = [0.9, 0.6, 0.2, 0.1, 0.7, 0.3, 0, 0.5, 0.5]

  private static func signature(classes: Int = 3, slots: Int = 3) -> Signature {
    Signature(
      inputs: [
        Operand(Floats.type(Shape(1, 3, 4))), Operand(Floats.type(Shape(1, 3, classes))),
        Floats.constant(Shape(3, 4), anchors),
      ],
      outputs: [Shape(1, slots, 4), Shape(1, slots), Shape(1, slots), Shape(1)].map(Floats.type))
  }

  /// Boxes, classes, scores and count of boxes at their anchors.
  private func results(
    _ operation: DetectionPostprocess, _ signature: Signature = signature(),
    scores: [Float] = scores, profile: Profile = .litert
  ) throws -> [[Float]] {
    let operands = [[Float](repeating: 0, count: 12), scores].map(Bytes.init(copying:))
    return try signature.outputs.indices.map { output in
      try Codes.result(
        of: operation, signature, operands + [nil], output: output, profile: profile
      ).elements(of: Float.self)
    }
  }

  /// The first box overlaps the better second one by a half.
  @Test(arguments: Profile.all) func keepsTheBestThatDoNotOverlap(_ profile: Profile) throws {
    #expect(
      try results(detection(), profile: profile) == [
        Self.second + Self.third + Self.nothing, [0, 0, 0], [0.7, 0.5, 0], [2],
      ])
  }

  @Test func keepsWhatOverlapsByTheThreshold() throws {
    #expect(
      try results(detection([5: .float32(0.5)])) == [
        Self.second + Self.first + Self.third, [0, 0, 0], [0.7, 0.6, 0.5], [3],
      ])
  }

  @Test func keepsNoMoreThanIsAsked() throws {
    #expect(
      try results(detection([0: .int32(1)]), Self.signature(slots: 1)) == [
        Self.second, [0], [0.7], [1],
      ])
  }

  @Test func leavesOutLowScores() throws {
    #expect(
      try results(detection([4: .float32(0.7)])) == [
        Self.second + Self.nothing + Self.nothing, [0, 0, 0], [0.7, 0, 0], [1],
      ])
  }

  /// Class 1 alone takes the third box and the second one; of equal scores class 0 is first.
  @Test(arguments: Profile.all) func suppressesClassByClass(_ profile: Profile) throws {
    #expect(
      try results(detection([3: .bool(true)]), profile: profile) == [
        Self.second + Self.third + Self.third, [0, 0, 1], [0.7, 0.5, 0.5], [3],
      ])
    #expect(
      try results(detection([2: .int32(1), 3: .bool(true)]), profile: profile) == [
        Self.second + Self.third + Self.nothing, [0, 1, 0], [0.7, 0.5, 0], [2],
      ])
  }

  @Test func takesScoresWithoutABackground() throws {
    #expect(
      try results(detection([6: .int32(3)])) == [
        Self.first + Self.third + Self.nothing, [0, 1, 0], [0.9, 0.5, 0], [2],
      ])
  }

  /// Two slots a box; Micro counts each as a detection, and moves the next class by two.
  @Test func givesEveryClassASlot() throws {
    let operation = try detection([1: .int32(2)])
    let signature = Self.signature(slots: 6)
    #expect(
      try results(operation, signature).suffix(3) == [
        [0, 1, 0, 1, 0, 0], [0.7, 0.3, 0.5, 0.5, 0, 0], [2],
      ])
    #expect(
      try results(operation, signature, profile: .tflm).suffix(3) == [
        [0, 0, 0, 1, 0, 0], [0.7, 0, 0, 0.3, 0.5, 0], [4],
      ])
  }

  /// Three slots a box of two classes: the third stays empty.
  @Test func leavesSlotsOfNoClassEmpty() throws {
    #expect(
      try results(detection([1: .int32(3)]), Self.signature(slots: 9)).suffix(3) == [
        [0, 1, 0, 0, 1, 0, 0, 0, 0], [0.7, 0.3, 0, 0.5, 0.5, 0, 0, 0, 0], [2],
      ])
  }

  /// The heap of a partial sort takes the last of two best ones for the first.
  @Test(arguments: [(Profile.litert, [2, 1] as [Float]), (.tflm, [1, 2])])
  func ordersEqualClasses(_ profile: Profile, _ classes: [Float]) throws {
    let operation = try detection([0: .int32(4), 1: .int32(2), 6: .int32(3)])
    let scores: [Float] = [0.25, 0.5, 0.5, 0, 0, 0, 0, 0, 0]
    let found = try results(operation, Self.signature(slots: 8), scores: scores, profile: profile)
    let slots = profile == .tflm ? [0, 3] : [0, 1]
    #expect(slots.map { found[1][$0] } == classes)
    #expect(found[2].reduce(0, +) == 1)
  }

  /// A code of 10 moves by an anchor's size; 5 ln 2 doubles it.
  @Test func decodesCodes() throws {
    let boxes = Codes.type(Shape(1, 1, 4), scale: 0.5, zeroPoint: 100, element: .uint8)
    let anchors = TensorType(.uint8, Shape(1, 4), Quantization(scale: 0.25, zeroPoint: 1))
    let scores = TensorType(.uint8, Shape(1, 1, 1), Quantization(scale: 1 / 256, zeroPoint: 0))
    let signature = Signature(
      inputs: [
        Operand(boxes), Operand(scores),
        Operand(anchors, constant: Bytes(copying: [1, 5, 5, 9] as [UInt8])),
      ],
      outputs: [Shape(1, 1, 4), Shape(1, 1), Shape(1, 1), Shape(1)].map(Floats.type))
    let operation = try detection([0: .int32(1), 6: .int32(1)])
    let operands = [[120, 80, 100, 100], [64]].map { Bytes(copying: $0.map { UInt8($0) }) }
    let found = try (0..<4).map {
      try Codes.result(of: operation, signature, operands + [nil], output: $0)
        .elements(of: Float.self)
    }
    #expect(found == [[0.5, -2, 1.5, 0], [0], [0.25], [1]])
  }

  static let refusals = [
    Refusal("two operands", .invalid, .operands) { $0.inputs.removeLast() },
    Refusal("no scores", .invalid, .operands) { $0.inputs[1] = nil },
    Refusal("three results", .invalid, .operands) { $0.outputs.removeLast() },
    Refusal("boxes int8", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .int8 },
    Refusal("boxes of two batches", .unsupported, .operand(0)) {
      $0.inputs[0]?.type.shape = Shape(2, 3, 4)
    },
    Refusal("boxes of three numbers", .invalid, .operand(0)) {
      $0.inputs[0]?.type.shape = Shape(1, 3, 3)
    },
    Refusal("no boxes", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape(1, 0, 4) },
    Refusal("scores not quantized", .invalid, .operand(1)) { $0.inputs[1]?.type.element = .uint8 },
    Refusal("scores of four classes", .invalid, .operand(1)) {
      $0.inputs[1]?.type.shape = Shape(1, 3, 4)
    },
    Refusal("scores of four boxes", .invalid, .operand(1)) {
      $0.inputs[1]?.type.shape = Shape(1, 4, 3)
    },
    Refusal("anchors of another type", .invalid, .operand(2)) {
      $0.inputs[2]?.type.element = .uint8
      $0.inputs[2]?.type.quantization = Quantization(scale: 1, zeroPoint: 0)
    },
    Refusal("two anchors", .invalid, .operand(2)) { $0.inputs[2]?.type.shape = Shape(2, 4) },
    Refusal("classes of int32", .unsupported, .output(1)) { $0.outputs[1].element = .int32 },
    Refusal("four slots", .invalid, .output(2)) { $0.outputs[2].shape = Shape(1, 4) },
    Refusal("a count without an axis", .invalid, .output(3)) { $0.outputs[3].shape = Shape() },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: detection(), Self.signature())
  }

  @Test(
    arguments: [
      [0: .int32(0)], [0: .int32(-1)], [1: .int32(0)], [2: .int32(0), 3: .bool(true)],
      [4: .float32(.nan)], [5: .float32(0)], [5: .float32(1.5)], [5: .float32(.nan)],
      [6: .int32(0)], [7: .float32(0)], [10: .float32(.infinity)],
      [0: .int32(.max), 1: .int32(.max)],
    ] as [[Int: OptionValues.Value]])
  func refusesAttributes(_ changes: [Int: OptionValues.Value]) {
    #expect(throws: OptionError.self) { try detection(changes) }
  }

  /// Classes are not looked at by themselves: how many boxes each may have does not matter.
  @Test func ignoresWhatItDoesNotUse() throws {
    #expect(try detection([2: .int32(0)]).detectionsPerClass == 0)
    #expect(try detection().detectionsPerClass == 100)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      DetectionPostprocess.self, .elements, .operandZeroPoints,
      [.severalResults, .constantOperand, .extentOne])
  }
}
