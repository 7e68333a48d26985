import Ops
import Tensor
import TestSupport
import Testing

@Suite struct SplitTests {
  private func split(_ count: Int32) throws -> Split {
    try Split(Split.builtins[0], options: OptionValues([0: .int32(count)]))
  }

  private func splitV(_ count: Int32) throws -> Split {
    try Split(Split.builtins[1], options: OptionValues([0: .int32(count)]))
  }

  /// Codes in parts of the given lengths along an axis; the lengths and the axis as they are stated.
  private static func sized(
    _ shape: [Int], axis: Int, stated: Int32? = nil, _ lengths: [Int32], parts: [Int]
  ) -> Signature {
    Signature(
      inputs: [
        Operand(Codes.type(Shape(checking: shape) ?? Shape())), Codes.integers(lengths),
        Codes.integers([stated ?? Int32(axis)], shape: Shape()),
      ],
      outputs: parts.map { length in
        var part = shape
        part[axis] = length
        return Codes.type(Shape(checking: part) ?? Shape())
      })
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

  /// One column and three of them, the axis counted from either end, or one of the lengths left open.
  @Test(arguments: [[1, 3], [-1, 3], [1, -1]] as [[Int32]], [1, -1] as [Int32])
  func splitsByLength(_ lengths: [Int32], _ axis: Int32) throws {
    let signature = Self.sized([2, 4], axis: 1, stated: axis, lengths, parts: [1, 3])
    #expect(try Codes.of(splitV(2), signature, Self.codes) == [1, 5])
    #expect(try Codes.of(splitV(2), signature, Self.codes, output: 1) == [2, 3, 4, 6, 7, 8])
  }

  /// A part may be empty; lengths may be wide integers.
  @Test func takesWideLengths() throws {
    var signature = Self.sized([8], axis: 0, [0, 8], parts: [0, 8])
    signature.inputs[1] = Operand(
      TensorType(.int64, Shape(2)), constant: Bytes(copying: [0, 8] as [Int64]))
    #expect(try Codes.of(splitV(2), signature, Self.codes, output: 1) == Self.codes)
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

  static let acceptedLengths = sized([2, 4], axis: 1, [1, 3], parts: [1, 3])

  static let refusalsOfLengths =
    Refusal.movedResult + Refusal.attributes(1) + Refusal.attributes(2) + [
      Refusal("axis 2 of two", .invalid, .operand(2)) {
        $0.inputs[2] = Codes.integers([2], shape: Shape())
      },
      Refusal("three lengths", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([1, 2, 1]) },
      Refusal("too little", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([1, 2]) },
      Refusal("too much", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([2, 3]) },
      Refusal("two open lengths", .invalid, .operand(1)) {
        $0.inputs[1] = Codes.integers([-1, -1])
      },
      Refusal("too much for an open length", .invalid, .operand(1)) {
        $0.inputs[1] = Codes.integers([-1, 5])
      },
      Refusal("a length of -2", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([-2, 6]) },
      Refusal("lengths of other parts", .invalid, .output(0)) {
        $0.inputs[1] = Codes.integers([2, 2])
      },
      Refusal("nothing to split", .invalid, .operands) { $0.inputs[0] = nil },
      Refusal("part 1 of another type", .invalid, .output(1)) { $0.outputs[1].element = .uint8 },
    ]

  @Test(arguments: refusalsOfLengths) func refusesLengths(_ refusal: Refusal) throws {
    try refusal.expect(of: splitV(2), Self.acceptedLengths)
  }

  @Test(arguments: [0, -1] as [Int32]) func refusesCounts(_ count: Int32) {
    #expect(throws: OptionError.self) { try split(count) }
    #expect(throws: OptionError.self) { try splitV(count) }
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Split.self, .movement.subtracting([.bool]), [.severalResults, .negativeAttribute])
  }
}
