import Ops
import Tensor
import TestSupport
import Testing

@Suite struct SplitTests {
  private func split(_ count: Int32) throws -> Split {
    try Split(Split.builtins[0], options: OptionValues([0: .int32(count)]))
  }

  private static func signature(
    axis: Int32, _ input: TensorType, _ part: TensorType, count: Int
  ) -> Signature {
    Signature(
      inputs: [Codes.integers([axis], shape: Shape()), Operand(input)],
      outputs: [TensorType](repeating: part, count: count))
  }

  private static let codes = Array(1...8 as ClosedRange<Int32>)

  /// Two columns and two columns, the axis counted from either end.
  @Test(arguments: [1, -1] as [Int32]) func splitsColumns(_ axis: Int32) throws {
    let signature = Self.signature(
      axis: axis, Codes.type(Shape(2, 4)), Codes.type(Shape(2, 2)), count: 2)
    #expect(try Codes.of(split(2), signature, nil, Self.codes) == [1, 2, 5, 6])
    #expect(try Codes.of(split(2), signature, nil, Self.codes, output: 1) == [3, 4, 7, 8])
  }

  @Test(arguments: [0, 1, 2, 3]) func splitsRows(_ output: Int) throws {
    let signature = Self.signature(
      axis: 0, Codes.type(Shape(4, 2)), Codes.type(Shape(1, 2)), count: 4)
    let first = Int32(2 * output + 1)
    #expect(
      try Codes.of(split(4), signature, nil, Self.codes, output: output) == [first, first + 1])
  }

  @Test func passesOnePartOn() throws {
    let type = Codes.type(Shape(8))
    let signature = Self.signature(axis: 0, type, type, count: 1)
    #expect(try Codes.of(split(1), signature, nil, Self.codes) == Self.codes)
  }

  @Test func splitsFloats() throws {
    let signature = Self.signature(
      axis: 0, Floats.type(Shape(2)), Floats.type(Shape(1)), count: 2)
    #expect(try Floats.of(split(2), signature, nil, [0.5, -1.5]) == [0.5])
  }

  /// Part 1 starts where part 0 ends, and reads nothing of it.
  @Test func readsItsPartAlone() throws {
    let operation = try split(2)
    let part = Region(whole: Shape(2, 2))
    let accesses = (0..<2).map { operation.access(Self.accepted, output: $0) }
    #expect(accesses[0].operands == [[], [.window(axis: 0), .window(axis: 1)]])
    #expect(accesses[1].operands == [[], [.window(axis: 0), .window(axis: 1, offset: 2)]])
    #expect(accesses[0].bounds(of: 1, for: part) == Region([0..<2, 0..<2]))
    #expect(accesses[1].bounds(of: 1, for: part) == Region([0..<2, 2..<4]))
  }

  static let accepted = signature(
    axis: 1, Codes.type(Shape(2, 4)), Codes.type(Shape(2, 2)), count: 2)

  static let refusals =
    Refusal.movedResult + Refusal.attributes(0) + [
      Refusal("axis 2 of two", .invalid, .operand(0)) {
        $0.inputs[0] = Codes.integers([2], shape: Shape())
      },
      Refusal("axis -3 of two", .invalid, .operand(0)) {
        $0.inputs[0] = Codes.integers([-3], shape: Shape())
      },
      Refusal("two axes", .invalid, .operand(0)) { $0.inputs[0] = Codes.integers([0, 1]) },
      Refusal("five columns", .invalid, .operand(0)) { $0.inputs[1]?.type.shape = Shape(2, 5) },
      Refusal("nothing to split", .invalid, .operands) { $0.inputs[1] = nil },
      Refusal("three parts", .invalid, .operands) { $0.outputs.append($0.outputs[0]) },
      Refusal("part 1 of another type", .invalid, .output(1)) { $0.outputs[1].element = .uint8 },
      Refusal("part 1 of three columns", .invalid, .output(1)) {
        $0.outputs[1].shape = Shape(2, 3)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: split(2), Self.accepted)
  }

  @Test(arguments: [0, -1] as [Int32]) func refusesCounts(_ count: Int32) {
    #expect(throws: OptionError.self) { try split(count) }
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Split.self, .movement, [.int32, .severalResults, .negativeAttribute])
  }
}
