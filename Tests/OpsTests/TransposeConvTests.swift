import Ops
import Tensor
import TestSupport
import Testing

@Suite struct TransposeConvTests {
  private func convolution(
    stride: Int32 = 1, padding: Padding = .valid, activation: Activation = .none
  ) throws -> TransposeConv {
    try TransposeConv(
      TransposeConv.builtins[0],
      options: OptionValues([
        0: .int8(padding.rawValue), 1: .int32(stride), 2: .int32(stride),
        3: .int8(activation.rawValue),
      ]))
  }

  /// A row of codes, a filter of one row, and as many columns as the result has.
  private func row(
    _ codes: [Int32], filter: [Int32], columns: Int, stride: Int32 = 1, padding: Padding = .valid,
    element: ElementType = .int8
  ) throws -> [Int32] {
    let signature = Signature(
      inputs: [
        Codes.integers([1, 1, Int32(columns), 1]),
        Codes.weights(Shape(1, 1, filter.count, 1), filter),
        Operand(Codes.type(Shape(1, 1, codes.count, 1), element: element)),
      ], outputs: [Codes.type(Shape(1, 1, columns, 1), element: element)])
    return try Codes.of(
      convolution(stride: stride, padding: padding), signature, nil, nil, codes)
  }

  /// Each code leaves the filter, 10 and 1, at every second column.
  @Test(arguments: [ElementType.int8, .int16]) func stridesLeaveFiltersBeside(
    _ element: ElementType
  ) throws {
    #expect(
      try row([1, 2, 3], filter: [10, 1], columns: 6, stride: 2, element: element)
        == [10, 1, 20, 2, 30, 3])
  }

  /// A stride above the filter leaves columns that nothing reaches.
  @Test func leavesGaps() throws {
    #expect(try row([1, 2], filter: [5], columns: 4, stride: 3) == [5, 0, 0, 10])
  }

  /// (1, 2, 3) times (1, 2, 3) as polynomials; SAME cuts both ends off.
  @Test func addsWhatOverlaps() throws {
    #expect(try row([1, 2, 3], filter: [1, 2, 3], columns: 5) == [1, 4, 10, 12, 9])
    #expect(try row([1, 2, 3], filter: [1, 2, 3], columns: 3, padding: .same) == [4, 10, 12])
  }

  /// Filters are OHWI, and channel 1 has half the scale: 2 * 1 + 3 * 10, (2 * 5 + 3 * 7 + 1) / 2.
  @Test func scalesEachChannel() throws {
    let signature = Signature(
      inputs: [
        Codes.integers([1, 1, 1, 2]),
        Codes.weights(Shape(2, 1, 1, 2), [1, 10, 5, 7], scales: [1, 0.5]),
        Operand(Codes.type(Shape(1, 1, 1, 2))), Codes.bias([0, 1], scales: [1, 0.5]),
      ], outputs: [Codes.type(Shape(1, 1, 1, 2))])
    #expect(try Codes.of(convolution(), signature, nil, nil, [2, 3]) == [32, 16])
  }

  @Test func takesFloats() throws {
    let signature = Signature(
      inputs: [
        Codes.integers([1, 1, 4, 1]), Floats.constant(Shape(1, 1, 2, 1), [0.5, -1]),
        Operand(Floats.type(Shape(1, 1, 2, 1))), Floats.constant(Shape(1), [0.25]),
      ], outputs: [Floats.type(Shape(1, 1, 4, 1))])
    #expect(
      try Floats.of(convolution(stride: 2, activation: .relu), signature, nil, nil, [1, 3])
        == [0.75, 0, 1.75, 0])
  }

  static let accepted = Signature(
    inputs: [
      Codes.integers([1, 3, 3, 4]), Codes.weights(Shape(4, 2, 2, 3), (0..<48).map { $0 }),
      Operand(Codes.type(Shape(1, 2, 2, 3))), Codes.bias([1, 2, 3, 4]),
    ], outputs: [Codes.type(Shape(1, 3, 3, 4))])

  static let refusals =
    Refusal.result + Refusal.operand(2) + [
      Refusal("two operands", .invalid, .operands) { $0.inputs.removeLast(2) },
      Refusal("another output shape", .invalid, .output(0)) {
        $0.inputs[0] = Codes.integers([1, 3, 4, 4])
      },
      Refusal("an output shape of three", .invalid, .operand(0)) {
        $0.inputs[0] = Codes.integers([1, 3, 3])
      },
      Refusal("a filter of other input channels", .invalid, .output(0)) {
        $0.inputs[1] = Codes.weights(Shape(4, 2, 2, 2), (0..<32).map { $0 })
      },
      Refusal("weights at run time", .unsupported, .operand(1)) { $0.inputs[1]?.constant = nil },
      Refusal("bias of three", .invalid, .operand(3)) { $0.inputs[3]?.type.shape = Shape(3) },
      Refusal("an input of three axes", .invalid, .operand(2)) {
        $0.inputs[2]?.type.shape = Shape(2, 2, 3)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: convolution(), Self.accepted)
  }

  /// As in the reference implementations, the file's shape counts.
  @Test func takesAShapeAtRunTime() throws {
    var signature = Self.accepted
    signature.inputs[0]?.constant = nil
    #expect(try Codes.refusal(of: convolution(), signature) == nil)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      TransposeConv.self, .elements, .extents, .zeroPoints, .activation, .saturation,
      [
        .int16, .strideAboveOne, .strideAboveWindow, .scalesPerChannel, .summedAxis,
        .constantOperand, .int32, .unreadOperand,
      ])
  }
}
