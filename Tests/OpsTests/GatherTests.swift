import Ops
import Tensor
import TestSupport
import Testing

@Suite struct GatherTests {
  private func gather(axis: Int32 = 0) throws -> Gather {
    try Gather(Gather.builtins[0], options: OptionValues([0: .int32(axis)]))
  }

  private static func signature(_ source: Shape, _ indices: Shape, _ output: Shape) -> Signature {
    Signature(
      inputs: [Operand(Codes.type(source)), Operand(TensorType(.int32, indices))],
      outputs: [Codes.type(output)])
  }

  private static let rows: [Int32] = [1, 2, 3, 4, 5, 6]

  /// Rows 2, 0 and 2 of three.
  @Test func choosesRows() throws {
    #expect(
      try Codes.of(gather(), Self.accepted, Self.rows, [2, 0, 2]) == [5, 6, 1, 2, 5, 6])
  }

  /// Column 1 of each row: one index without axes, so that the axis disappears.
  @Test(arguments: [1, -1] as [Int32]) func choosesAColumn(_ axis: Int32) throws {
    let signature = Self.signature(Shape(3, 2), Shape(), Shape(3))
    let operation = try gather(axis: axis)
    #expect(try Codes.of(operation, signature, Self.rows, [1]) == [2, 4, 6])
    #expect(
      operation.access(signature, output: 0).operands == [[.window(axis: 0), .whole], []])
  }

  /// The axes of the indices take the place of the axis between the others.
  @Test func putsTheAxesOfIndicesInPlace() throws {
    let signature = Self.signature(Shape(2, 3, 1), Shape(2, 2), Shape(2, 2, 2, 1))
    let operation = try gather(axis: 1)
    #expect(
      try Codes.of(operation, signature, Self.rows, [0, 2, 1, 1]) == [1, 3, 2, 2, 4, 6, 5, 5])
    #expect(
      operation.access(signature, output: 0).operands == [
        [.window(axis: 0), .whole, .window(axis: 3)], [.window(axis: 1), .window(axis: 2)],
      ])
  }

  @Test func takesTheNearestSlice() throws {
    #expect(
      try Codes.of(gather(), Self.accepted, Self.rows, [-1, 3, .max]) == [1, 2, 5, 6, 5, 6])
  }

  @Test func takesLongIndices() throws {
    var signature = Self.accepted
    signature.inputs[1]?.type.element = .int64
    let operands = [
      ElementType.int8.bytes(of: Self.rows), Bytes(copying: [1, 1 << 40, -1 << 40] as [Int64]),
    ]
    #expect(
      try Codes.result(of: gather(), signature, operands).codes(of: .int8) == [3, 4, 5, 6, 1, 2])
  }

  @Test func choosesFloats() throws {
    let signature = Signature(
      inputs: [Floats.constant(Shape(3), [0.5, -1.5, 2]), Codes.integers([1, 1, 0])],
      outputs: [Floats.type(Shape(3))])
    #expect(try Floats.of(gather(), signature) == [-1.5, -1.5, 0.5])
  }

  static let accepted = signature(Shape(3, 2), Shape(3), Shape(3, 2))

  static let refusals =
    Refusal.movedResult + [
      Refusal("one operand", .invalid, .operands) { $0.inputs.removeLast() },
      Refusal("three operands", .invalid, .operands) { $0.inputs.append(nil) },
      Refusal("no indices", .invalid, .operands) { $0.inputs[1] = nil },
      Refusal("indices int8", .unsupported, .operand(1)) { $0.inputs[1]?.type.element = .int8 },
      Refusal("no axis", .invalid, .attribute("axis")) { $0.inputs[0]?.type.shape = Shape() },
      Refusal("no slices", .invalid, .attribute("axis")) {
        $0.inputs[0]?.type.shape = Shape(0, 2)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: gather(), Self.accepted)
  }

  @Test(arguments: [2, -3] as [Int32]) func refusesAxes(_ axis: Int32) throws {
    #expect(
      try Codes.refusal(of: gather(axis: axis), Self.accepted)?.subject == .attribute("axis"))
  }

  @Test(arguments: [[0, 3, 1], [-1, 0, 0]] as [[Int32]])
  func refusesConstantIndicesOutOfRange(_ indices: [Int32]) throws {
    var signature = Self.accepted
    signature.inputs[1] = Codes.integers([0, 2, 1])
    #expect(try Codes.refusal(of: gather(), signature) == nil)
    signature.inputs[1] = Codes.integers(indices)
    let error = try #require(try Codes.refusal(of: gather(), signature))
    #expect(error.kind == .invalid && error.subject == .operand(1))
    #expect(error.found == "\(indices.first { !(0..<3).contains($0) } ?? 0)")
  }

  /// Of each of two rows another element; counted from the end as well.
  @Test(arguments: [1, -1] as [Int32]) func sharesAxes(_ batchAxes: Int32) throws {
    let signature = Self.signature(Shape(2, 3), Shape(2, 2), Shape(2, 2))
    let operation = try Gather(
      Gather.builtins[0], options: OptionValues([0: .int32(1), 1: .int32(batchAxes)]))
    #expect(try Codes.of(operation, signature, Self.rows, [2, 0, 1, 1]) == [3, 1, 5, 5])
    #expect(
      operation.access(signature, output: 0).operands == [
        [.window(axis: 0), .whole], [.window(axis: 0), .window(axis: 1)],
      ])
    #expect(operation.version(signature) == 5)
  }

  @Test(arguments: [1, -2, 2] as [Int32]) func refusesBatchAxes(_ batchAxes: Int32) throws {
    let operation = try Gather(
      Gather.builtins[0], options: OptionValues([0: .int32(1), 1: .int32(batchAxes)]))
    let signature = Self.signature(Shape(3, 2), Shape(2), Shape(3, 2))
    #expect(Codes.refusal(of: operation, signature)?.subject == .attribute("batch_dims"))
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Gather.self, .movement,
      [.constantOperand, .negativeAttribute, .fewerAxes, .moreAxes, .int16, .int64])
  }
}
