import Ops
import Tensor
import TestSupport
import Testing

@Suite struct PadTests {
  private static let pad = Pad.builtins[0]
  private static let padWithValue = Pad.builtins[1]

  private func operation(_ builtin: Builtin = pad) throws -> Pad {
    try Pad(builtin, options: OptionValues())
  }

  /// Margins before and after each axis.
  private static func margins(_ margins: [Int32]) -> Operand {
    Codes.integers(margins, shape: Shape(margins.count / 2, 2))
  }

  /// A row above, two columns to the right, of the code of 0.
  @Test func surroundsWithTheZeroPoint() throws {
    let signature = Signature(
      inputs: [Operand(Codes.type(Shape(2, 2), zeroPoint: 5)), Self.margins([1, 0, 0, 2])],
      outputs: [Codes.type(Shape(3, 4), zeroPoint: 5)])
    #expect(
      try Codes.of(operation(), signature, [1, 2, 3, 4])
        == [5, 5, 5, 5, 1, 2, 5, 5, 3, 4, 5, 5])
  }

  @Test func surroundsWithAValue() throws {
    let value = Operand(Codes.type(Shape(1)), constant: ElementType.int8.bytes(of: [-7]))
    let signature = Signature(
      inputs: [Operand(Codes.type(Shape(2))), Self.margins([2, 1]), value],
      outputs: [Codes.type(Shape(5))])
    #expect(try Codes.of(operation(Self.padWithValue), signature, [1, 2]) == [-7, -7, 1, 2, -7])
  }

  @Test func addsNothing() throws {
    let signature = Signature(
      inputs: [Operand(Codes.type(Shape(2, 2))), Self.margins([0, 0, 0, 0])],
      outputs: [Codes.type(Shape(2, 2))])
    #expect(try Codes.of(operation(), signature, [1, 2, 3, 4]) == [1, 2, 3, 4])
  }

  /// Two bytes each: -300 is no code of one.
  @Test func surroundsWideCodes() throws {
    let type = Codes.type(Shape(1), zeroPoint: -300, element: .int16)
    var output = type
    output.shape = Shape(3)
    let signature = Signature(
      inputs: [Operand(type), Self.margins([1, 1])], outputs: [output])
    #expect(
      try Codes.of(operation(), signature, [1000], profile: .litert) == [-300, 1000, -300])
    // TensorFlow Lite Micro takes the zero point for 0.
    #expect(try Codes.of(operation(), signature, [1000], profile: .tflm) == [0, 1000, 0])
  }

  @Test func surroundsFloats() throws {
    let padded = Signature(
      inputs: [Operand(Floats.type(Shape(1))), Self.margins([1, 1])],
      outputs: [Floats.type(Shape(3))])
    #expect(try Floats.of(operation(), padded, [1.5]) == [0, 1.5, 0])
    var signature = padded
    signature.inputs.append(Floats.constant(Shape(), [-0.25]))
    #expect(
      try Floats.of(operation(Self.padWithValue), signature, [1.5]) == [-0.25, 1.5, -0.25])
  }

  /// Margins of 2 and 1 around three: the first two read nothing.
  @Test func readsNothingInTheMargin() throws {
    let access = try operation().access(Self.accepted, output: 0)
    #expect(access.operands[0] == [.window(axis: 0), .window(axis: 1, offset: -2)])
    #expect(access.bounds(of: 0, for: Region([0..<2, 0..<2])).isEmpty)
    #expect(access.bounds(of: 0, for: Region([0..<2, 1..<4])) == Region([0..<2, 0..<2]))
    #expect(access.bounds(of: 0, for: Region([0..<1, 4..<6])) == Region([0..<1, 2..<3]))
  }

  static let accepted = Signature(
    inputs: [Operand(Codes.type(Shape(2, 3))), margins([0, 0, 2, 1])],
    outputs: [Codes.type(Shape(2, 6))])

  static let refusals =
    Refusal.movedResult + Refusal.attributes(1) + [
      Refusal("margins of one axis", .invalid, .operand(1)) { $0.inputs[1] = margins([0, 0]) },
      Refusal("a margin of -1", .invalid, .operand(1)) { $0.inputs[1] = margins([0, 0, 2, -1]) },
      Refusal("a margin of 2^24 + 1", .invalid, .operand(1)) {
        $0.inputs[1] = margins([0, 0, 2, 1 << 24 + 1])
      },
      Refusal("scalar", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape() },
      Refusal("empty", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape(0, 3) },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: operation(), Self.accepted)
  }

  static let acceptedWithValue = Signature(
    inputs: accepted.inputs + [
      Operand(Codes.type(Shape(1)), constant: ElementType.int8.bytes(of: [9]))
    ], outputs: accepted.outputs)

  static let valueRefusals = [
    Refusal("no value", .invalid, .operands) { $0.inputs.removeLast() },
    Refusal("a value at run time", .unsupported, .operand(2)) { $0.inputs[2]?.constant = nil },
    Refusal("two values", .invalid, .operand(2)) { $0.inputs[2]?.type.shape = Shape(2) },
    Refusal("a value of another type", .invalid, .operand(2)) {
      $0.inputs[2]?.type.element = .uint8
    },
    Refusal("a value of another scale", .invalid, .operand(2)) {
      $0.inputs[2]?.type.quantization = Quantization(scale: 2, zeroPoint: 0)
    },
  ]

  @Test(arguments: valueRefusals) func refusesValues(_ refusal: Refusal) throws {
    try refusal.expect(of: operation(Self.padWithValue), Self.acceptedWithValue)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Pad.self, .movement, [.paddingBefore, .paddingBehind, .unreadOperand])
  }
}
