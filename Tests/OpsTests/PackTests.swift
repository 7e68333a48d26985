import Ops
import Tensor
import TestSupport
import Testing

@Suite struct PackTests {
  private func pack(_ count: Int32, axis: Int32) throws -> Pack {
    try Pack(Pack.builtins[0], options: OptionValues([0: .int32(count), 1: .int32(axis)]))
  }

  private func unpack(_ count: Int32, axis: Int32) throws -> Pack {
    try Pack(Pack.builtins[1], options: OptionValues([0: .int32(count), 1: .int32(axis)]))
  }

  private static func packing(_ slice: TensorType, _ count: Int, _ stack: Shape) -> Signature {
    var result = slice
    result.shape = stack
    return Signature(
      inputs: [Operand?](repeating: Operand(slice), count: count), outputs: [result])
  }

  private static func unpacking(_ stack: TensorType, _ slice: Shape, _ count: Int) -> Signature {
    var result = stack
    result.shape = slice
    return Signature(
      inputs: [Operand(stack)], outputs: [TensorType](repeating: result, count: count))
  }

  private static let rows: [[Int32]] = [[1, 2, 3], [4, 5, 6]]

  /// Two rows of three: one after the other, or element by element.
  @Test(
    arguments: [
      (0, [1, 2, 3, 4, 5, 6]), (1, [1, 4, 2, 5, 3, 6]),
      (-2, [1, 2, 3, 4, 5, 6]), (-1, [1, 4, 2, 5, 3, 6]),
    ] as [(Int32, [Int32])])
  func packsRows(_ axis: Int32, _ expected: [Int32]) throws {
    let stack = axis == 0 || axis == -2 ? Shape(2, 3) : Shape(3, 2)
    let signature = Self.packing(Codes.type(Shape(3)), 2, stack)
    #expect(
      try Codes.of(pack(2, axis: axis), signature, Self.rows[0], Self.rows[1]) == expected)
  }

  /// Numbers without axes make a row, one of them constant.
  @Test func packsScalars() throws {
    var signature = Self.packing(TensorType(.int32, Shape()), 3, Shape(3))
    signature.inputs[1] = Codes.integers([-8], shape: Shape())
    #expect(try Codes.of(pack(3, axis: 0), signature, [7], nil, [9]) == [7, -8, 9])
  }

  @Test func packsFloats() throws {
    let signature = Self.packing(Floats.type(Shape(1)), 2, Shape(1, 2))
    #expect(try Floats.of(pack(2, axis: 1), signature, [0.5], [-1.5]) == [0.5, -1.5])
  }

  /// Columns of two rows of three, or the rows.
  @Test(arguments: [1, -1] as [Int32]) func unpacksColumns(_ axis: Int32) throws {
    let operation = try unpack(3, axis: axis)
    for (column, expected) in [[1, 4], [2, 5], [3, 6]].enumerated() {
      let codes = try Codes.of(
        operation, Self.acceptedStack, [1, 2, 3, 4, 5, 6], output: column)
      #expect(codes == expected.map(Int32.init))
    }
  }

  @Test func unpacksRows() throws {
    let signature = Self.unpacking(Codes.type(Shape(2, 3)), Shape(3), 2)
    for (row, expected) in Self.rows.enumerated() {
      let codes = try Codes.of(
        unpack(2, axis: 0), signature, [1, 2, 3, 4, 5, 6], output: row)
      #expect(codes == expected)
    }
  }

  /// Wide integers move whole; those of 64 bits have kernels of PACK alone.
  @Test func unpacksWideIntegers() throws {
    let signature = Self.unpacking(TensorType(.int32, Shape(2)), Shape(), 2)
    let bytes = try Codes.result(
      of: unpack(2, axis: 0), signature, [Bytes(copying: [1, -1 << 20] as [Int32])], output: 1)
    #expect(bytes.elements(of: Int32.self) == [-1 << 20])
    let wide = Self.unpacking(TensorType(.int64, Shape(2)), Shape(), 2)
    #expect(try Codes.refusal(of: unpack(2, axis: 0), wide)?.kind == .unsupported)
  }

  /// A tile of a stack reads the slices that it has, and nothing of the others.
  @Test func readsItsSlicesAlone() throws {
    let access = try pack(2, axis: 1).access(Self.acceptedSlices, output: 0)
    let tile = Region([0..<1, 1..<2, 1..<3])
    #expect(
      access.operands == [
        [.window(axis: 0), .window(axis: 2)], [.window(axis: 0), .window(axis: 2)],
      ])
    #expect(access.bounds(of: 0, for: tile).isEmpty)
    #expect(access.bounds(of: 1, for: tile) == Region([0..<1, 1..<3]))
    #expect(access.coordinates(of: 0, for: tile) == [[], []])
    #expect(access.coordinates(of: 1, for: tile) == [[0..<1], [1..<3]])
    #expect((0..<3).allSatisfy(access.mayCut))
  }

  /// A slice reads one coordinate of the axis that it lacks.
  @Test func readsItsPartOfTheStackAlone() throws {
    let access = try unpack(3, axis: 1).access(Self.acceptedStack, output: 2)
    #expect(access.operands == [[.window(axis: 0), .fixed(2)]])
    #expect(access.bounds(of: 0, for: Region([1..<2])) == Region([1..<2, 2..<3]))
  }

  static let acceptedSlices = packing(Codes.type(Shape(2, 3)), 2, Shape(2, 2, 3))
  static let acceptedStack = unpacking(Codes.type(Shape(2, 3)), Shape(2), 3)

  static let packRefusals =
    Refusal.movedResult + [
      Refusal("one operand", .invalid, .operands) { $0.inputs.removeLast() },
      Refusal("three operands", .invalid, .operands) { $0.inputs.append($0.inputs[0]) },
      Refusal("an absent operand", .invalid, .operands) { $0.inputs[1] = nil },
      Refusal("two results", .invalid, .operands) { $0.outputs.append($0.outputs[0]) },
      Refusal("slice 1 of another shape", .invalid, .operand(1)) {
        $0.inputs[1]?.type.shape = Shape(3, 2)
      },
      Refusal("slice 1 of another type", .invalid, .operand(1)) {
        $0.inputs[1]?.type.element = .uint8
      },
      Refusal("slice 1 of another scale", .invalid, .operand(1)) {
        $0.inputs[1]?.type.quantization = Quantization(scale: 2, zeroPoint: 0)
      },
      Refusal("slices with two scales", .unsupported, .operand(0)) {
        let perChannel = Quantization(scales: [1, 2], zeroPoints: [0, 0], axis: 0)
        for index in 0..<2 { $0.inputs[index]?.type.quantization = perChannel }
        $0.outputs[0].quantization = perChannel
      },
    ]

  @Test(arguments: packRefusals) func refusesToPack(_ refusal: Refusal) throws {
    try refusal.expect(of: pack(2, axis: 1), Self.acceptedSlices)
  }

  static let unpackRefusals =
    Refusal.movedResult + [
      Refusal("no operand", .invalid, .operands) { $0.inputs = [] },
      Refusal("two operands", .invalid, .operands) { $0.inputs.append(nil) },
      Refusal("two results", .invalid, .operands) { $0.outputs.removeLast() },
      Refusal("four columns", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape(2, 4) },
      Refusal("a stack without axis 1", .invalid, .attribute("axis")) {
        $0.inputs[0]?.type.shape = Shape(6)
      },
      Refusal("slice 2 of another type", .invalid, .output(2)) { $0.outputs[2].element = .uint8 },
      Refusal("slice 2 of three rows", .invalid, .output(2)) { $0.outputs[2].shape = Shape(3) },
      Refusal("a stack with three scales", .unsupported, .operand(0)) {
        $0.inputs[0]?.type.quantization = Quantization(
          scales: [1, 2, 3], zeroPoints: [0, 0, 0], axis: 1)
      },
    ]

  @Test(arguments: unpackRefusals) func refusesToUnpack(_ refusal: Refusal) throws {
    try refusal.expect(of: unpack(3, axis: 1), Self.acceptedStack)
  }

  @Test(arguments: [3, -4] as [Int32]) func refusesAxes(_ axis: Int32) throws {
    let subject = try Codes.refusal(of: pack(2, axis: axis), Self.acceptedSlices)?.subject
    #expect(subject == .attribute("axis"))
  }

  @Test(arguments: [0, -1] as [Int32]) func refusesCounts(_ count: Int32) {
    #expect(throws: OptionError.self) { try pack(count, axis: 0) }
    #expect(throws: OptionError.self) { try unpack(count, axis: 0) }
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Pack.self, .movement,
      [
        .severalResults, .fewerAxes, .moreAxes, .negativeAttribute, .constantOperand,
        .unreadOperand, .fixedCoordinate,
      ])
  }
}
