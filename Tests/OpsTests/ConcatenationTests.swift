import Ops
import Tensor
import TestSupport
import Testing

@Suite struct ConcatenationTests {
  private func concatenation(axis: Int32) throws -> Concatenation {
    try Concatenation(
      Concatenation.builtins[0], options: OptionValues([0: .int32(axis), 1: .int8(0)]))
  }

  private static func signature(_ inputs: [Shape], _ output: Shape) -> Signature {
    Signature(inputs: inputs.map { Operand(Codes.type($0)) }, outputs: [Codes.type(output)])
  }

  /// A column beside two columns, the axis counted from either end.
  @Test(arguments: [1, -1] as [Int32]) func joinsColumns(_ axis: Int32) throws {
    #expect(
      try Codes.of(concatenation(axis: axis), Self.accepted, [1, 2], [3, 4, 5, 6])
        == [1, 3, 4, 2, 5, 6])
  }

  /// Rows above rows; the same operands along the other axis.
  @Test(arguments: [0, -2] as [Int32]) func joinsRows(_ axis: Int32) throws {
    let signature = Self.signature([Shape(1, 2), Shape(2, 2), Shape(1, 2)], Shape(4, 2))
    #expect(
      try Codes.of(concatenation(axis: axis), signature, [1, 2], [3, 4, 5, 6], [7, 8])
        == [1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test func passesOneOperandOn() throws {
    let signature = Self.signature([Shape(2, 2)], Shape(2, 2))
    #expect(try Codes.of(concatenation(axis: 0), signature, [1, 2, 3, 4]) == [1, 2, 3, 4])
  }

  @Test func joinsFloats() throws {
    let signature = Signature(
      inputs: [Operand(Floats.type(Shape(1))), Floats.constant(Shape(2), [0.5, -0.0])],
      outputs: [Floats.type(Shape(3))])
    #expect(try Floats.of(concatenation(axis: 0), signature, [7.25]) == [7.25, 0.5, -0.0])
  }

  /// Column 0 of the result comes from operand 0 alone, columns 1 and 2 from operand 1.
  @Test func readsNothingOfTheOperandBeside() throws {
    let access = try concatenation(axis: 1).access(Self.accepted, output: 0)
    #expect(
      access.operands == [
        [.window(axis: 0), .window(axis: 1)], [.window(axis: 0), .window(axis: 1, offset: -1)],
      ])
    let (left, right) = (Region([0..<2, 0..<1]), Region([0..<2, 1..<3]))
    #expect(access.bounds(of: 0, for: left) == Region(whole: Shape(2, 1)))
    #expect(access.bounds(of: 1, for: left).isEmpty)
    #expect(access.bounds(of: 0, for: right).isEmpty)
    #expect(access.bounds(of: 1, for: right) == Region(whole: Shape(2, 2)))
    // A tile across the seam reads the near end of either.
    #expect(access.bounds(of: 1, for: Region([0..<1, 0..<2])) == Region([0..<1, 0..<1]))
  }

  static let accepted = signature([Shape(2, 1), Shape(2, 2)], Shape(2, 3))

  static let refusals = [
    Refusal("no operand", .invalid, .operands) { $0.inputs = [] },
    Refusal("an absent operand", .invalid, .operands) { $0.inputs[1] = nil },
    Refusal("two results", .invalid, .operands) { $0.outputs.append($0.outputs[0]) },
    Refusal("an operand of another type", .invalid, .operand(1)) {
      $0.inputs[1]?.type.element = .uint8
    },
    Refusal("an operand of another scale", .unsupported, .operand(1)) {
      $0.inputs[1]?.type.quantization = Quantization(scale: 2, zeroPoint: 0)
    },
    Refusal("an operand of three axes", .invalid, .operand(1)) {
      $0.inputs[1]?.type.shape = Shape(2, 2, 1)
    },
    Refusal("an operand of three rows", .invalid, .operand(1)) {
      $0.inputs[1]?.type.shape = Shape(3, 2)
    },
    Refusal("a result of four columns", .invalid, .output(0)) { $0.outputs[0].shape = Shape(2, 4) },
  ]

  /// Steps of 1/2 around 10 become steps of 1/4 around 20: twice as many, and none past the last code.
  @Test(arguments: Profile.all) func changesCodesOfUInt8(_ profile: Profile) throws {
    func type(_ count: Int, scale: Float, zeroPoint: Int32) -> TensorType {
      Codes.type(Shape(count), scale: scale, zeroPoint: zeroPoint, element: .uint8)
    }
    let signature = Signature(
      inputs: [
        Operand(type(3, scale: 0.5, zeroPoint: 10)), Operand(type(2, scale: 0.25, zeroPoint: 20)),
      ], outputs: [type(5, scale: 0.25, zeroPoint: 20)])
    let operation = try Concatenation(
      Concatenation.builtins[0], options: OptionValues([0: .int32(0)]))
    #expect(
      try Codes.of(operation, signature, [10, 13, 200], [1, 255], profile: profile)
        == [20, 26, 255, 1, 255])
  }

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: concatenation(axis: 1), Self.accepted)
  }

  @Test(arguments: [2, -3] as [Int32]) func refusesAxes(_ axis: Int32) throws {
    let error = try Codes.refusal(of: concatenation(axis: axis), Self.accepted)
    #expect(error?.subject == .attribute("axis"))
    #expect(error?.kind == .invalid)
  }

  @Test func refusesAnActivation() {
    #expect(throws: OptionError.self) {
      try Concatenation(Concatenation.builtins[0], options: OptionValues([1: .int8(1)]))
    }
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Concatenation.self, .movement, [.unreadOperand, .negativeAttribute])
  }
}
