package import Tensor

/// SVDF: a dense layer of low rank over the last inputs, most of whose work is kept from run to run.
///
/// Operands: input [batches, inputs], feature weights [filters, inputs], time weights
/// [filters, memory], bias [units] (optional), state [batches, filters * memory]; the results are
/// [batches, units] and the state afterwards. There are `rank` filters to a unit. Each filter's state is
/// its features of the last `memory` runs, the latest last: a run drops the first and adds its own, and a
/// unit is the sum of its filters' states times the time weights. int8 with time weights and state of
/// int16 or int8; float32.
///
/// The activation is applied to floats alone: of codes the reference implementations clamp none.
package struct SVDF: Operator {
  package static let builtins = [Builtin("SVDF", 27, options: 6, versions: [.int8: 3])]
  package static let countsMACs = true
  package static let stateOperands = [4]

  /// Filters to a unit.
  package let rank: Int
  /// The range that results of floats are clamped to.
  package let activation: Activation

  init(rank: Int, activation: Activation) {
    self.rank = rank
    self.activation = activation
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    let rank = try options.int32(0, default: 0)
    guard rank > 0 else {
      throw OptionError(slot: 0, expected: "a rank above 0, not \(rank)")
    }
    self.init(rank: Int(rank), activation: try Activation(options, slot: 1))
  }

  package var options: OptionValues {
    OptionValues([0: .int32(Int32(rank)), 1: .int8(activation.rawValue)])
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 5...5, required: 3, outputs: 2)
    try signature.requireElement(operand: 0, [.int8, .float32])
    let isFloat = signature.input(0).element == .float32
    try signature.requireElement(operand: 1, [signature.input(0).element])
    try signature.requireElement(operand: 2, isFloat ? [.float32] : [.int16, .int8])
    try signature.requireElement(output: 0, [signature.input(0).element])
    for operand in 0...2 { try signature.requireRank(operand: operand, 2) }
    guard signature.inputs[4] != nil else {
      throw OperatorError(.invalid, .operand(4), expected: "a state", found: "none")
    }
    try signature.requireElement(operand: 4, [signature.input(2).element])
    for operand in [1, 2] where signature.constant(operand) == nil {
      throw OperatorError(
        .unsupported, .operand(operand), expected: "constant weights",
        found: "some computed at run time")
    }
    let (input, features, times) = (
      signature.input(0).shape, signature.input(1).shape, signature.input(2).shape
    )
    let (batches, filters, memory) = (input[0], features[0], times[1])
    guard features[1] == input[1], times[0] == filters, filters % rank == 0 else {
      throw OperatorError(
        .invalid, .operand(1),
        expected: "[a multiple of \(rank), \(input[1])], as many time weights' rows",
        found: "\(features), \(times)")
    }
    let state = [batches, filters * memory]
    guard signature.input(4).shape.extents == state, signature.outputs[1] == signature.input(4)
    else {
      throw OperatorError(
        .invalid, .operand(4), expected: "\(state), before and after alike",
        found: "\(signature.input(4)), \(signature.outputs[1])")
    }
    try signature.requireOutput(shape: [batches, filters / rank])
    try signature.requireCentered(.int16)
    for operand in [1, 2] where signature.input(operand).zeroPoint != 0 {
      throw OperatorError(
        .unsupported, .operand(operand), expected: "weights with zero point 0",
        found: "\(signature.input(operand).zeroPoint)")
    }
    if let bias = signature.inputs[3] {
      let word: ElementType = isFloat ? .float32 : .int32
      guard bias.type.element == word, bias.type.shape.count == filters / rank,
        bias.constant != nil
      else {
        throw OperatorError(
          .invalid, .operand(3), expected: "a constant of \(filters / rank) \(word)",
          found: "\(bias.type)")
      }
    }
    guard let scales = SVDFScales(signature) else { return }
    // Half of what is representable: a profile derives the factors in single precision.
    for factor in [scales.feature, scales.time]
    where !FixedPointMultiplier.isRepresentable(2 * factor) {
      throw OperatorError(
        .invalid, .operand(4), expected: "scales whose products have a quotient below 2^29",
        found: "\(factor)")
    }
  }

  /// LiteRT clamps codes to what RELU leaves alone and keeps 16 bits; TensorFlow Lite Micro wants a bias, of
  /// codes in the steps of the sums.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    if profile == .tflm {
      guard let bias = signature.inputs[3]?.type else { return false }
      func scale(_ type: TensorType) -> Double { Double(type.quantization?.scales[0] ?? 0) }
      let steps = scale(signature.input(4)) * scale(signature.input(2))
      return signature.input(0).element == .float32 || abs(scale(bias) - steps) < 1e-5
    }
    return signature.input(0).element == .float32
      || activation == .relu && signature.input(4).element == .int16
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let memory = signature.input(2).shape[1]
    let extent = signature.input(4).shape[1]
    // A tile of units takes their filters' rows, a tile of the state the rows that it is of.
    func rows(of size: Int) -> AxisAccess {
      output == 0
        ? .scaled(axis: 1, factor: 1, size: rank * size)
        : .scaled(axis: 1, factor: memory, size: size)
    }
    let bias: [AxisAccess] = (signature.inputs[3]?.type.shape.extents ?? []).map { extent in
      extent == 1 || output == 1 ? .whole : .window(axis: 1)
    }
    return Access(
      [
        [.window(axis: 0), .whole], [rows(of: 1), .whole], [rows(of: 1), .whole], bias,
        // A memory of one run is all forgotten.
        [.window(axis: 0), memory == 1 ? .window(axis: 1, offset: extent) : rows(of: memory)],
      ], signature: signature, output: output)
  }

  /// Features and, of codes, results: words of 32 bits.
  package func microMemory(_ signature: Signature) -> MicroMemory {
    let features = 4 * signature.input(0).shape[0] * signature.input(1).shape[0]
    let sums =
      signature.input(0).element == .float32 ? [] : [4 * signature.outputs[0].shape.count]
    return MicroMemory(attributes: 12, data: 36, scratch: [features] + sums)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let shape = SVDFShape(
      inputs: signature.input(0).shape[1], rank: rank, memory: signature.input(2).shape[1])
    let units = 0..<signature.outputs[0].shape[1]
    let filters = 0..<signature.input(1).shape[0]
    guard let scales = SVDFScales(signature) else {
      return SpecializedKernel(
        SVDFKernel(
          shape, features: filters.map { SVDFFloatFeature(signature, filter: $0) },
          units: units.map {
            SVDFFloatUnit(
              signature, shape, unit: $0, activation,
              addsBiasLast: profile.addsMemoryBiasLast)
          }))
    }
    let factors = scales.factors(inSingle: profile.multipliesScalesInSingle)
    if signature.input(4).element == .int16 {
      return SpecializedKernel(
        SVDFKernel(
          shape,
          features: filters.map {
            SVDFCodeFeature<Int16>(signature, filter: $0, factors.feature)
          }, units: units.map { SVDFCodeUnit<Int16>(signature, shape, unit: $0, factors.time) }))
    }
    return SpecializedKernel(
      SVDFKernel(
        shape,
        features: filters.map { SVDFCodeFeature<Int8>(signature, filter: $0, factors.feature) },
        units: units.map { SVDFCodeUnit<Int8>(signature, shape, unit: $0, factors.time) }))
  }

  /// A result takes its filters' states times their weights; the state, one feature per filter.
  package func macs(
    _ signature: Signature, _ access: Access, output: Int, over region: Region, reduce: Region
  ) -> Int {
    let memory = signature.input(2).shape[1]
    if output == 0 { return region.count * rank * memory }
    let features = region[1].count { $0 % memory == memory - 1 }
    return region[0].count * features * signature.input(0).shape[1]
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0], let weights = inputs[1] else {
      preconditionFailure("an SVDF has an input and weights")
    }
    let (batches, count) = (input.shape[0], input.shape[1])
    let columns = (0..<batches * count).map { input.values[$0 % batches * count + $0 / batches] }
    let features = products.multiply(
      weights.values, columns, rows: weights.shape[0], inner: count, columns: batches)
    let after = state(after: inputs, signature) { features[$1 * batches + $0] }
    let clamp =
      signature.input(0).element == .float32 ? activation.realRange : Activation.none.realRange
    let values = sums(over: after, inputs, signature).map {
      min(max($0, clamp.lowerBound), clamp.upperBound)
    }
    return [
      RealTensor(signature.outputs[0].shape, values), RealTensor(signature.outputs[1].shape, after),
    ]
  }

  /// The real state after a run, of features by batch and filter; it holds no more than its codes.
  private func state(
    after inputs: [RealTensor?], _ signature: Signature, _ feature: (Int, Int) -> Double
  ) -> [Double] {
    let (filters, memory) = (signature.input(1).shape[0], signature.input(2).shape[1])
    let range = signature.outputs[1].realRange
    let before = inputs[4]?.values ?? []
    return before.indices.map { index in
      let (batch, filter) = (index / memory / filters, index / memory % filters)
      return index % memory < memory - 1
        ? before[index + 1] : min(max(feature(batch, filter), range.lowerBound), range.upperBound)
    }
  }

  /// The real sums over time and filters, the bias added, batch by batch.
  private func sums(
    over state: [Double], _ inputs: [RealTensor?], _ signature: Signature
  ) -> [Double] {
    let (times, count) = (inputs[2]?.values ?? [], rank * signature.input(2).shape[1])
    let units = signature.outputs[0].shape[1]
    return (0..<signature.outputs[0].shape.count).map { index in
      let (unit, start) = (index % units, index * count)
      return (0..<count).reduce(inputs[3]?.values[unit] ?? 0) {
        $0 + times[unit * count + $1] * state[start + $1]
      }
    }
  }

  /// Codes: a feature is rounded to the state's codes, and the sum over time to the result's.
  ///
  /// Each requantization rounds by one step at most (see `productErrorBound`), from a factor that may
  /// have been derived in single precision, off by 2^-22 of at most 2^16 codes. The feature's error reaches a
  /// result times its time weight, once per filter of the unit. Floats: as in other sums of products, of which
  /// the later takes what the earlier makes. No bound holds where the code of a feature may wrap (the zero
  /// point is added when the feature is clamped already), or a sum of 32 bits over time.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    func largest(_ index: Int) -> Double { inputs[index]?.values.map(abs).max() ?? 0 }
    let (terms, memory) = (Double(signature.input(0).shape[1]), signature.input(2).shape[1])
    guard let scales = SVDFScales(signature), let times = inputs[2],
      let step = signature.outputs[0].quantization?.scales[0],
      let stateStep = signature.outputs[1].quantization?.scales[0]
    else {
      let feature = terms * largest(0) * largest(1)
      if output == 1 { return feature * (terms + 2) * 0x1p-23 }
      let products = Double(rank * memory)
      let magnitude = products * max(feature, largest(4)) * largest(2) + largest(3)
      return magnitude * (terms + products + 4) * 0x1p-23
    }
    let filters = signature.input(1).shape[0]
    let features = features(inputs)
    let zeroPoint = Double(signature.outputs[1].zeroPoint)
    let codes = signature.input(4).element.codes ?? 0...0
    let unwrapped =
      Double(codes.lowerBound) - min(zeroPoint, 0)...Double(codes.upperBound) - max(zeroPoint, 0)
    if zeroPoint != 0 && !features.allSatisfy({ unwrapped.contains($0 / Double(stateStep)) }) {
      return .infinity
    }
    if output == 1 { return 1 + 0x1p-6 }
    let after = state(after: inputs, signature) { features[$0 * filters + $1] }
    let largestSum = sums(over: after, inputs, signature).map(abs).max() ?? 0
    if largestSum / Double(step) >= 0x1p31 * 0.99 * scales.time { return .infinity }
    let bias = signature.constant(3)?.elements(of: Int32.self).map { abs(Double($0)) }.max() ?? 0
    let last = (0..<times.shape[0] / rank).map { unit in
      (0..<rank).reduce(0) { sum, filter in
        sum + abs(times.values[(unit * rank + filter) * memory + memory - 1])
      }
    }
    return 1 + 0x1p-6 + (1 + 0x1p-6) * (last.max() ?? 0) * Double(stateStep) / Double(step)
      + 0x1p-20 * bias * scales.time
  }

  /// The real sums of features, batch by batch.
  private func features(_ inputs: [RealTensor?]) -> [Double] {
    guard let input = inputs[0], let weights = inputs[1] else { return [] }
    let (count, filters) = (input.shape[1], weights.shape[0])
    return (0..<input.shape[0] * filters).map { index in
      let (batch, filter) = index.quotientAndRemainder(dividingBy: filters)
      return (0..<count).reduce(0) {
        $0 + input.values[batch * count + $1] * weights.values[filter * count + $1]
      }
    }
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random([.int8, .int8, .float32], axes: 2...2, extents: 1...6, using: &generator),
      using: &generator)
  }

  package static func random(
    reading input: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard input.shape.rank == 2, input.shape.count > 0 else { return nil }
    func extent(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    let (batches, inputs) = (input.shape[0], input.shape[1])
    let (units, rank, memory) = (extent(1...5), extent(1...3), extent(1...5))
    let filters = units * rank
    let operation = SVDF(
      rank: rank, activation: Activation.allCases.randomElement(using: &generator) ?? .none)
    let word: ElementType =
      input.element == .float32 ? .float32 : Bool.random(using: &generator) ? .int16 : .int8
    func centered(_ element: ElementType, _ shape: Shape) -> TensorType {
      .random([element], shape, centered: element, using: &generator)
    }
    let features = centered(input.element, Shape(filters, inputs))
    let times = centered(word, Shape(filters, memory))
    var state = centered(word, Shape(batches, filters * memory))
    var output = TensorType.random([input.element], Shape(batches, units), using: &generator)
    if let inputScale = input.quantization?.scales[0],
      let weight = features.quantization?.scales[0],
      let time = times.quantization?.scales[0], let zeroPoint = output.quantization?.zeroPoints[0]
    {
      // Steps under which sums spread over the codes.
      let range: Float = word == .int16 ? 16384 : 16
      let feature = inputScale * weight * 5000 * Float(inputs).squareRoot() / range
      let zeroPoints: ClosedRange<Int32> = word == .int16 ? 0...0 : -60...60
      state.quantization = Quantization(
        scale: feature, zeroPoint: Int32.random(in: zeroPoints, using: &generator))
      let sum = feature * time * range * range * Float(rank * memory).squareRoot() / 64
      output.quantization = Quantization(scale: sum, zeroPoint: zeroPoint)
    }
    let hasBias = Int.random(in: 0..<4, using: &generator) > 0
    let biases = (0..<units).map { _ in Int32.random(in: -20_000...20_000, using: &generator) }
    let bias =
      input.element == .float32
      ? Operand.randomConstant(TensorType(.float32, Shape(units)), using: &generator)
      : Operand(
        TensorType(.int32, Shape(units), SVDFScales.bias(times, state)),
        constant: Bytes(copying: biases))
    return Example(
      operation,
      Signature(
        inputs: [
          Operand(input), .randomConstant(features, using: &generator),
          .randomConstant(times, using: &generator), hasBias ? bias : nil, Operand(state),
        ], outputs: [output, state]))
  }
}
