internal import Glibc
package import Tensor

/// UNIDIRECTIONAL_SEQUENCE_LSTM: a layer of long short-term memory, run over a sequence.
///
/// Operands: input [batches, times, inputs], or [times, batches, inputs] where time is major; input weights
/// of the gates (input, forget, cell, output: [cells, inputs] each), recurrent weights ([cells, cells]),
/// biases ([cells], operands 12 to 15); the hidden state and the cell state [batches, cells] are operands 18
/// and 19. Peepholes, projections and layer normalization (9 to 11, 16, 17, 20 to 23) are not supported.
/// Results: the hidden state after each time, [batches, times, cells] or time-major, and both states after
/// the last. int8 with a cell state of int16, whose scale is a power of two; float32.
package struct UnidirectionalSequenceLSTM: Operator {
  package static let builtins = [Builtin("UNIDIRECTIONAL_SEQUENCE_LSTM", 44, options: 71)]
  package static let countsMACs = true
  package static let stateOperands = [18, 19]
  /// The last is the hidden state before a projection; the others, of layer normalization, nobody reads.
  package static let intermediates = [18, 18, 18, 18, 18]

  /// What the magnitude of cell states is clamped to; 0 for none.
  package let cellClip: Float
  /// Whether the first axis of input and result is time.
  package let isTimeMajor: Bool

  init(cellClip: Float, isTimeMajor: Bool) {
    self.cellClip = cellClip
    self.isTimeMajor = isTimeMajor
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    let clip = try options.float32(1, default: 0)
    guard clip >= 0, clip.isFinite else {
      throw OptionError(slot: 1, expected: "a finite cell clip from 0, not \(clip)")
    }
    self.init(cellClip: clip, isTimeMajor: try options.bool(3, default: false))
    guard try options.int8(0, default: 0) == Self.tanh else {
      throw OptionError(
        .unsupported, slot: 0, expected: "activation \(Self.tanh) (TANH), not another")
    }
    guard try !options.bool(5, default: false) else {
      throw OptionError(
        .unsupported, slot: 5,
        expected: "recurrent weights that are no diagonals, not some that are")
    }
  }

  package var options: OptionValues {
    OptionValues([0: .int8(Self.tanh), 1: .float32(cellClip), 3: .bool(isTimeMajor)])
  }

  /// The schema's code of the only activation that both reference implementations take.
  private static let tanh: Int8 = 4

  /// The axis of input and result that is the batch.
  private var batchAxis: Int { isTimeMajor ? 1 : 0 }

  package func check(_ signature: Signature) throws(OperatorError) {
    guard signature.inputs.count != 20 else {
      throw OperatorError(
        .unsupported, .operands, expected: "24 operands", found: "20, as older converters wrote")
    }
    try signature.requireCounts(inputs: 24...24, required: 1, outputs: 3)
    try signature.requireElement(operand: 0, [.int8, .float32])
    try signature.requireRank(operand: 0, 3)
    for operand in [9, 10, 11, 16, 17, 20, 21, 22, 23] where signature.inputs[operand] != nil {
      throw OperatorError(
        .unsupported, .operand(operand), expected: "no peephole, projection or normalization",
        found: "one")
    }
    for operand in Array(1...8) + [12, 13, 14, 15, 18, 19] where signature.inputs[operand] == nil {
      throw OperatorError(
        .unsupported, .operand(operand), expected: "all weights, biases and states", found: "none")
    }
    let input = signature.input(0)
    let (batches, inputs) = (input.shape[batchAxis], input.shape[2])
    let cells = signature.input(1).shape.extents.first ?? 0
    for gate in 0..<4 {
      try requireWeights(signature, 1 + gate, [cells, inputs])
      try requireWeights(signature, 5 + gate, [cells, cells])
      let (bias, word) = (
        signature.input(12 + gate), input.element == .int8 ? ElementType.int32 : .float32
      )
      guard bias.element == word, bias.shape.count == cells, signature.constant(12 + gate) != nil
      else {
        throw OperatorError(
          .invalid, .operand(12 + gate), expected: "a constant of \(cells) \(word)",
          found: "\(bias)")
      }
    }
    try signature.requireElement(operand: 18, [input.element])
    try signature.requireElement(operand: 19, [input.element == .int8 ? .int16 : .float32])
    for (operand, output) in [(18, 1), (19, 2)] {
      let state = signature.input(operand)
      guard state.shape.extents == [batches, cells], signature.outputs[output] == state else {
        throw OperatorError(
          .invalid, .operand(operand), expected: "[\(batches), \(cells)], before and after alike",
          found: "\(state), \(signature.outputs[output])")
      }
    }
    try signature.requireElement(output: 0, [input.element])
    try signature.requireOutput(shape: input.shape.extents.dropLast() + [cells])
    try requireScales(signature)
  }

  private func requireWeights(
    _ signature: Signature, _ operand: Int, _ extents: [Int]
  ) throws(OperatorError) {
    let weights = signature.input(operand)
    guard weights.shape.extents == extents, weights.shape.count > 0 else {
      throw OperatorError(
        .invalid, .operand(operand), expected: "\(extents), none empty", found: "\(weights.shape)")
    }
    try signature.requireElement(operand: operand, [signature.input(0).element])
    guard signature.constant(operand) != nil, weights.zeroPoint == 0 else {
      throw OperatorError(
        .unsupported, .operand(operand), expected: "constant weights with zero point 0",
        found: "zero point \(weights.zeroPoint), or weights computed at run time")
    }
  }

  private func requireScales(_ signature: Signature) throws(OperatorError) {
    guard let scales = LSTMScales(signature) else { return }
    guard signature.input(19).zeroPoint == 0, (-15 ... -9).contains(scales.cellPower),
      abs(log2(scales.cell) - Double(scales.cellPower)) < 1e-3
    else {
      throw OperatorError(
        .unsupported, .operand(19),
        expected: "a scale that is a power of two from 2^-15 to 2^-9, and zero point 0",
        found: "\(scales.cell), \(signature.input(19).zeroPoint)")
    }
    guard signature.outputs[0].quantization == signature.input(18).quantization else {
      throw OperatorError(
        .unsupported, .output(0), expected: "the hidden state's quantization", found: "another")
    }
    let factors =
      (1...8).map { scales.gateFactor(weights: $0, inSingle: false) } + [scales.hiddenFactor]
    if let factor = factors.first(where: { !FixedPointMultiplier.isRepresentable(2 * $0) }) {
      throw OperatorError(
        .invalid, .operands, expected: "scales whose products have a quotient below 2^29",
        found: "\(factor)")
    }
  }

  /// LiteRT multiplies floats by optimized products of matrices, whose sums are of another order: these
  /// results are near to its own, not equal.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile == .tflm || signature.input(0).element != .float32
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let batch = AxisAccess.window(axis: output == 0 ? batchAxis : 0)
    return Access(
      signature.inputs.enumerated().map { index, operand in
        guard let operand else { return [] }
        var axes = [AxisAccess](repeating: .whole, count: operand.type.shape.rank)
        if index == 0 { axes[batchAxis] = batch }
        if Self.stateOperands.contains(index) { axes[0] = batch }
        return axes
      }, signature: signature, output: output)
  }

  /// Four gates of the cell's type.
  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(
      attributes: 16, data: 688,
      scratch: [Int](repeating: signature.input(19).sizeInBytes, count: 4))
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let shape = LSTMShape(signature, isTimeMajor: isTimeMajor)
    let gates = (0..<4).flatMap { gate in (0..<shape.cells).map { (gate, $0) } }
    guard let scales = LSTMScales(signature) else {
      return SpecializedKernel(
        LSTMKernel(
          shape, gates: gates.map { LSTMFloatGate(signature, shape, gate: $0, cell: $1) },
          cell: LSTMFloatCell(clip: cellClip), hidden: LSTMFloatHidden()))
    }
    return SpecializedKernel(
      LSTMKernel(
        shape,
        gates: gates.map { LSTMCodeGate(signature, shape, scales, profile, gate: $0, cell: $1) },
        cell: LSTMCodeCell(scales, profile, clip: cellClip),
        hidden: LSTMCodeHidden(signature, scales, profile)))
  }

  /// Each hidden state takes four gates' rows of weights.
  ///
  /// The states after the last time are no work of their own. A tile that starts at a later time is counted
  /// as if the states before it were there.
  package func macs(
    _ signature: Signature, _ access: Access, output: Int, over region: Region, reduce: Region
  ) -> Int {
    let shape = LSTMShape(signature, isTimeMajor: isTimeMajor)
    return output == 0 ? region.count * 4 * (shape.inputs + shape.cells) : 0
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let states = realStates(inputs, signature) { weights, x, rows in
      products.multiply(weights, x, rows: rows, inner: x.count, columns: 1)
    }
    let values = [states.results, states.hidden, states.cell]
    return zip(signature.outputs, values).map { RealTensor($0.shape, $1) }
  }

  private func realStates(
    _ inputs: [RealTensor?], _ signature: Signature, product: LSTMStates.Product
  ) -> LSTMStates {
    let isCode = signature.input(0).element != .float32
    return LSTMStates(
      LSTMShape(signature, isTimeMajor: isTimeMajor), operands: inputs.map { $0?.values ?? [] },
      limits: LSTMStates.Limits(
        hidden: signature.outputs[1].realRange,
        cell: signature.outputs[2].realRange.clamped(to: clipRange),
        sum: isCode ? -8...8 : -Double.infinity...Double.infinity),
      product: product)
  }

  private var clipRange: ClosedRange<Double> {
    cellClip > 0 ? -Double(cellClip)...Double(cellClip) : -Double.infinity...Double.infinity
  }

  /// Errors of the states, carried through the gates from time to time; see `LSTMError`.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let shape = LSTMShape(signature, isTimeMajor: isTimeMajor)
    let states = realStates(inputs, signature) { weights, x, rows in
      (0..<rows).map { row in
        x.indices.reduce(0) { $0 + weights[row * x.count + $1] * x[$1] }
      }
    }
    var error = LSTMError(
      inputs, signature, shape, cellClip: Double(cellClip),
      largestRecurrentSum: states.largestRecurrentSum)
    for _ in 0..<shape.times { error.advance() }
    let bound = output == 2 ? error.cell : error.hidden
    let type = signature.outputs[output]
    guard let step = type.quantization?.scales[0], let codes = type.element.codes else {
      return bound
    }
    // Both are codes of the type.
    return min(bound / Double(step), Double(codes.upperBound) - Double(codes.lowerBound) + 1)
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random([.int8, .int8, .float32], axes: 3...3, extents: 1...4, using: &generator),
      using: &generator)
  }

  package static func random(
    reading input: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard input.shape.rank == 3, input.shape.count > 0 else { return nil }
    func extent(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    let clip: Float = [0, 0, 0.5, 10].randomElement(using: &generator) ?? 0
    let operation = UnidirectionalSequenceLSTM(
      cellClip: clip, isTimeMajor: Bool.random(using: &generator))
    let (batches, inputs) = (input.shape[operation.batchAxis], input.shape[2])
    let (element, cells) = (input.element, extent(1...4))
    let isCode = element == .int8
    let hidden = TensorType(
      element, Shape(batches, cells),
      isCode
        ? Quantization(
          scale: Float.random(in: 0.004...0.012, using: &generator),
          zeroPoint: Int32(extent(-9...9)))
        : nil)
    let cell = TensorType(
      isCode ? .int16 : .float32, Shape(batches, cells),
      isCode ? Quantization(scale: exp2(Float(extent(-15 ... -9))), zeroPoint: 0) : nil)
    // Sums of some units: gates are neither open nor shut.
    func weights(_ columns: Int, _ type: TensorType) -> Operand {
      let scale = (type.quantization?.scales[0]).map { 2 / ($0 * 64 * 64) }
      return .randomConstant(
        TensorType(
          element, Shape(cells, columns), scale.map { Quantization(scale: $0, zeroPoint: 0) }),
        using: &generator)
    }
    var operands = [Operand?](repeating: nil, count: 24)
    operands[0] = Operand(input)
    for gate in 0..<4 {
      let (own, recurrent) = (weights(inputs, input), weights(cells, hidden))
      (operands[1 + gate], operands[5 + gate]) = (own, recurrent)
      let scale = own.type.quantization.map { $0.scales[0] * (input.quantization?.scales[0] ?? 1) }
      let biases = (0..<cells).map { _ in Int32.random(in: -3000...3000, using: &generator) }
      operands[12 + gate] =
        isCode
        ? Operand(
          TensorType(.int32, Shape(cells), scale.map { Quantization(scale: $0, zeroPoint: 0) }),
          constant: Bytes(copying: biases))
        : .randomConstant(TensorType(.float32, Shape(cells)), using: &generator)
    }
    operands[18] = Operand(hidden)
    operands[19] = Operand(cell)
    var output = hidden
    output.shape = Shape(input.shape[0], input.shape[1], cells)
    return Example(operation, Signature(inputs: operands, outputs: [output, hidden, cell]))
  }
}
