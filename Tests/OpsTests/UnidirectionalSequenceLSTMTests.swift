import Ops
import Tensor
import TestSupport
import Testing

@Suite struct UnidirectionalSequenceLSTMTests {
  private func lstm(
    clip: Float = 0, isTimeMajor: Bool = false, activation: Int8 = 4
  ) throws -> UnidirectionalSequenceLSTM {
    try UnidirectionalSequenceLSTM(
      UnidirectionalSequenceLSTM.builtins[0],
      options: OptionValues([
        0: .int8(activation), 1: .float32(clip), 3: .bool(isTimeMajor),
      ]))
  }

  /// One cell whose weights are all 0: gates are half open, and the cell gate gives nothing.
  private static func halfOpen(batches: Int = 1, times: Int = 1) -> Signature {
    let hidden = Codes.type(Shape(batches, 1), scale: 0x1p-7)
    let cell = Codes.type(Shape(batches, 1), scale: 0x1p-12, element: .int16)
    var operands = [Operand?](repeating: nil, count: 24)
    operands[0] = Operand(Codes.type(Shape(batches, times, 1)))
    for gate in 0..<4 {
      operands[1 + gate] = Codes.weights(Shape(1, 1), [0])
      operands[5 + gate] = Codes.weights(Shape(1, 1), [0])
      operands[12 + gate] = Codes.bias([0])
    }
    operands[18] = Operand(hidden)
    operands[19] = Operand(cell)
    return Signature(
      inputs: operands,
      outputs: [Codes.type(Shape(batches, times, 1), scale: 0x1p-7), hidden, cell])
  }

  private func results(
    _ operation: UnidirectionalSequenceLSTM, _ signature: Signature, _ input: [Int32],
    cell: [Int32], profile: Profile
  ) throws -> [[Int32]] {
    var operands = [Bytes?](repeating: nil, count: 24)
    operands[0] = ElementType.int8.bytes(of: input)
    operands[18] = ElementType.int8.bytes(of: cell.map { _ in 0 })
    operands[19] = ElementType.int16.bytes(of: cell)
    return try (0..<3).map {
      try Codes.result(of: operation, signature, operands, output: $0, profile: profile)
        .codes(of: signature.outputs[$0].element)
    }
  }

  /// A cell state of 1 halves to 1/2 and then 1/4; half of their hyperbolic tangents, 0.2311 and 0.1225, are
  /// 29.6 and 15.7 of 128ths.
  @Test(arguments: Profile.all) func forgetsByHalves(_ profile: Profile) throws {
    let signature = Self.halfOpen(times: 2)
    let results = try results(lstm(), signature, [9, -9], cell: [4096], profile: profile)
    #expect(results == [[30, 16], [16], [1024]])
  }

  /// Clamped to 1/4, the tangent of which is 0.2449: 15.7 of 128ths.
  @Test(arguments: Profile.all) func clipsCells(_ profile: Profile) throws {
    let results = try results(
      lstm(clip: 0.25), Self.halfOpen(), [0], cell: [4096], profile: profile)
    #expect(results == [[16], [16], [1024]])
  }

  /// A clip of less than a code: one implementation clips to 0, the other not at all.
  @Test func tinyClipsDiffer() throws {
    func cell(_ profile: Profile) throws -> [Int32] {
      try results(lstm(clip: 1e-5), Self.halfOpen(), [0], cell: [4096], profile: profile)[2]
    }
    #expect(try cell(.tflm) == [0])
    #expect(try cell(.litert) == [2048])
  }

  /// Two batches of two times are the same whichever axis comes first.
  @Test(arguments: Profile.all) func timeMayBeMajor(_ profile: Profile) throws {
    var signature = Self.halfOpen(batches: 2, times: 2)
    let minor = try results(
      lstm(), signature, [1, 2, 3, 4], cell: [4096, -8192], profile: profile)
    signature.inputs[0]?.type.shape = Shape(2, 2, 1)
    let major = try results(
      lstm(isTimeMajor: true), signature, [1, 3, 2, 4], cell: [4096, -8192], profile: profile)
    #expect(major[0] == [0, 2, 1, 3].map { minor[0][$0] })
    #expect(major[1...] == minor[1...])
  }

  /// sigmoid(0) * 2 + sigmoid(0) * tanh(x) of the weight 1, twice.
  @Test func takesFloats() throws {
    let state = Floats.type(Shape(1, 1))
    var operands = [Operand?](repeating: nil, count: 24)
    operands[0] = Operand(Floats.type(Shape(1, 1, 1)))
    for gate in 0..<4 {
      operands[1 + gate] = Floats.constant(Shape(1, 1), [gate == 2 ? 1 : 0])
      operands[5 + gate] = Floats.constant(Shape(1, 1), [0])
      operands[12 + gate] = Floats.constant(Shape(1), [0])
    }
    (operands[18], operands[19]) = (Operand(state), Operand(state))
    let signature = Signature(
      inputs: operands, outputs: [Floats.type(Shape(1, 1, 1)), state, state])
    var values = [Bytes?](repeating: nil, count: 24)
    for (operand, value) in [(0, 0.5 as Float), (18, 9), (19, 2)] {
      values[operand] = Bytes(copying: [value])
    }
    let results = try (0..<3).map {
      try Codes.result(of: lstm(), signature, values, output: $0).elements(of: Float.self)[0]
    }
    // 1 + tanh(0.5) / 2, and half of its hyperbolic tangent.
    #expect(abs(results[2] - 1.231_058_6) < 1e-6)
    #expect(abs(results[0] - 0.421_443_05) < 1e-6)
    #expect(results[0] == results[1])
  }

  static let refusals = [
    Refusal("a peephole", .unsupported, .operand(9)) { $0.inputs[9] = Codes.bias([1]) },
    Refusal("a projection", .unsupported, .operand(16)) {
      $0.inputs[16] = Codes.weights(Shape(1, 1), [1])
    },
    Refusal("no input gate", .unsupported, .operand(1)) { $0.inputs[1] = nil },
    Refusal("no hidden state", .unsupported, .operand(18)) { $0.inputs[18] = nil },
    Refusal("20 operands", .unsupported, .operands) { $0.inputs.removeLast(4) },
    Refusal("23 operands", .invalid, .operands) { $0.inputs.removeLast(1) },
    Refusal("one result", .invalid, .operands) { $0.outputs.removeLast(2) },
    Refusal("weights at run time", .unsupported, .operand(6)) { $0.inputs[6]?.constant = nil },
    Refusal("weights of two cells", .invalid, .operand(2)) {
      $0.inputs[2] = Codes.weights(Shape(2, 1), [1, 2])
    },
    Refusal("a bias of two cells", .invalid, .operand(13)) { $0.inputs[13] = Codes.bias([1, 2]) },
    Refusal("a state of two cells", .invalid, .operand(19)) {
      $0.inputs[19]?.type.shape = Shape(1, 2)
    },
    Refusal("a cell scale that is no power of two", .unsupported, .operand(19)) {
      $0.inputs[19]?.type.quantization = Quantization(scale: 0.0003, zeroPoint: 0)
      $0.outputs[2].quantization = Quantization(scale: 0.0003, zeroPoint: 0)
    },
    Refusal("a result quantized otherwise", .unsupported, .output(0)) {
      $0.outputs[0].quantization = Quantization(scale: 0.5, zeroPoint: 0)
    },
    Refusal("a factor of 2^29", .invalid, .operands) {
      $0.inputs[0]?.type.quantization = Quantization(scale: 0x1p20, zeroPoint: 0)
    },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: lstm(), Self.halfOpen())
  }

  @Test func refusesAttributes() {
    #expect(throws: OptionError.self) { try lstm(clip: -1) }
    #expect(throws: OptionError.self) { try lstm(activation: 1) }
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      UnidirectionalSequenceLSTM.self, .extents, .operandZeroPoints,
      [.int16, .float32, .severalResults])
  }
}
