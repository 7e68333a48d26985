package import Tensor

/// CIRCULAR_BUFFER, a custom operator: the last inputs, the latest last.
///
/// Operand 0 is the input [1, 1, columns, channels], operand 1 the rows that the operator keeps, of the shape of
/// the result, [1, rows, columns, channels]: all rows but the first, and the input. In a model the result is the
/// variable, and the one operand the input. int8; codes are copied, whatever their scales.
///
/// Not implemented are buffers that end most runs of a model early, waiting for more inputs.
package struct CircularBuffer: Operator {
  package static let builtins = [Builtin(custom: "CIRCULAR_BUFFER", attributes: ["cycles_max"])]
  package static let stateOperands = [1]
  package static let stateIsResult = true

  /// The numbers of rows of which a buffer that does not say how often it lets a run go on does so always.
  private static let rowsWithoutWait = [5, 13, 25]

  /// Every how many runs what follows the buffer runs, 1 at most; 0 or less lets the number of rows decide.
  package let cycles: Int32

  init(cycles: Int32) { self.cycles = cycles }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    let cycles = try options.int32(0, default: 0)
    guard cycles <= 1 else {
      throw OptionError(
        .unsupported, slot: 0,
        expected:
          "cycles_max 1, not \(cycles), with which most runs end at the buffer; split the model "
          + "behind it, and let each part be a model of its own")
    }
    self.init(cycles: cycles)
  }

  package var options: OptionValues { OptionValues([0: .int32(cycles)]) }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    for operand in 0..<2 {
      try signature.requireElement(operand: operand, [.int8])
      try signature.requireRank(operand: operand, 4)
    }
    guard signature.outputs[0] == signature.input(1) else {
      throw OperatorError(
        .invalid, .output(0), expected: "\(signature.input(1)), as before",
        found: "\(signature.outputs[0])")
    }
    let shape = signature.outputs[0].shape
    guard shape[0] == 1 else {
      throw OperatorError(
        .unsupported, .output(0), expected: "one batch", found: "\(shape[0])")
    }
    guard signature.input(0).shape == Shape(1, 1, shape[2], shape[3]) else {
      throw OperatorError(
        .invalid, .operand(0), expected: "shape [1,1,\(shape[2]),\(shape[3])]",
        found: "\(signature.input(0).shape)")
    }
    guard cycles == 1 || Self.rowsWithoutWait.contains(shape[1]) else {
      throw OperatorError(
        .unsupported, .attribute("cycles_max"),
        expected: "1 with \(shape[1]) rows; state it, or split the model behind the buffer",
        found: "\(cycles), with which most runs may end at the buffer")
    }
  }

  /// LiteRT has no such operator.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile == .tflm
  }

  /// The last row is the input, each other one the row behind it.
  package func access(_ signature: Signature, output: Int) -> Access {
    let rows = signature.outputs[0].shape[1]
    return Access(
      [1 - rows, 1].map { offset in
        (0..<4).map { .window(axis: $0, offset: $0 == 1 ? offset : 0) }
      }, signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory { MicroMemory(data: 8) }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    MovementKernel(access(signature, output: 0), sources: 0..<2)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0], let kept = inputs[1] else {
      preconditionFailure("a buffer keeps rows, and takes one")
    }
    let latest = input.recoded(from: signature.input(0), to: signature.outputs[0])
    return [RealTensor(kept.shape, kept.values.dropFirst(latest.values.count) + latest.values)]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    let shape = Shape(
      1, 1, max(1, Int.random(in: -2...3, using: &generator)),
      Int.random(in: 1...6, using: &generator))
    return drawn(reading: .random([.int8], shape, using: &generator), using: &generator)
  }

  /// Mostly the input has the steps of what is kept, as converters let it have.
  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard type.element == .int8, type.quantization?.isPerTensor ?? false, type.shape.rank == 4,
      type.shape[0] == 1, type.shape[1] == 1, type.shape.count > 0
    else { return nil }
    let statesCycles = Int.random(in: 0..<4, using: &generator) > 0
    let rows =
      statesCycles
      ? Int.random(in: 1...6, using: &generator)
      : rowsWithoutWait.randomElement(using: &generator) ?? 5
    guard let shape = Shape(checking: [1, rows, type.shape[2], type.shape[3]]) else { return nil }
    let kept = TensorType(
      .int8, shape,
      Int.random(in: 0..<4, using: &generator) > 0
        ? type.quantization : .random(.int8, using: &generator))
    return Example(
      CircularBuffer(cycles: statesCycles ? 1 : Int32.random(in: -1...1, using: &generator)),
      Signature(inputs: [Operand(type), Operand(kept)], outputs: [kept]))
  }
}
