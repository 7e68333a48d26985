package import Tensor

/// GATHER: slices of a tensor along an axis, chosen by indices.
///
/// Operand 0 holds the slices, operand 1 the indices (int16, int32, int64); the result has the indices' axes in
/// place of `axis`, but the first `batchAxes` of them, which both operands share. Any type of element. A constant index out of range is refused; one of a run takes the
/// nearest slice, where the reference implementations stop.
package struct Gather: Operator {
  package static let builtins = [
    Builtin("GATHER", 36, options: 23, versions: [.int8: 2, .bool: 3, .int16: 4])
  ]

  /// The axis of operand 0; below 0 counted from the end.
  package let axis: Int

  /// How many axes both operands share; below 0 counted from the end of the indices' axes.
  package let batchAxes: Int

  init(axis: Int, batchAxes: Int = 0) {
    self.axis = axis
    self.batchAxes = batchAxes
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(
      axis: Int(try options.int32(0, default: 0)), batchAxes: Int(try options.int32(1, default: 0)))
  }

  package var options: OptionValues {
    OptionValues([0: .int32(Int32(axis)), 1: .int32(Int32(batchAxes))])
  }

  package func version(_ signature: Signature) -> Int {
    if signature.input(1).element == .int16 { return 6 }
    return batchAxes != 0 ? 5 : builtin.version(for: signature.input(0).element)
  }

  /// TensorFlow Lite Micro gathers floats and int8 alone, by indices of 32 bits.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile == .tflm
      ? [.int8, .float32].contains(signature.input(0).element)
        && signature.input(1).element == .int32
      : [ElementType].gathered.contains(signature.input(0).element)
  }

  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    let indices = signature.input(1)
    guard operand == 1, signature.constant(1) == nil else { return nil }
    return .randomIndices(
      indices.element, count: indices.shape.count, below: signature.input(0).shape[axis(signature)],
      using: &generator)
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    let (source, indices) = (signature.input(0).shape, signature.input(1))
    let axis = axis(signature)
    guard (0..<source.rank).contains(axis), source[axis] > 0 else {
      throw OperatorError(
        .invalid, .attribute("axis"), expected: "an axis of \(source) that is not empty",
        found: "\(self.axis)")
    }
    try signature.requireIndices(operand: 1, below: source[axis])
    let shared = shared(signature)
    guard (0...min(axis, indices.shape.rank)).contains(shared),
      indices.shape.extents[..<shared] == source.extents[..<shared]
    else {
      throw OperatorError(
        .invalid, .attribute("batch_dims"),
        expected: "as many axes before \(axis) that both operands share", found: "\(batchAxes)")
    }
    try signature.requireSameElement()
    try signature.requireOutput(
      shape: Array(source.extents[..<axis]) + indices.shape.extents[shared...]
        + source.extents[(axis + 1)...])
  }

  /// How many axes both operands share.
  private func shared(_ signature: Signature) -> Int {
    batchAxes < 0 ? batchAxes + signature.input(1).shape.rank : batchAxes
  }

  /// The axis, counted from the front.
  private func axis(_ signature: Signature) -> Int {
    axis < 0 ? axis + signature.input(0).shape.rank : axis
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let (axis, shared) = (axis(signature), shared(signature))
    let added = signature.input(1).shape.rank - shared
    let source = (0..<signature.input(0).shape.rank).map { own -> AxisAccess in
      if own == axis { return .whole }
      return .window(axis: own < axis ? own : own + added - 1)
    }
    let indices = (0..<shared + added).map { own -> AxisAccess in
      .window(axis: own < shared ? own : axis + own - shared)
    }
    return Access([source, indices], signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 8, arrays: [4 + 4 * signature.outputs[0].shape.rank])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    GatherKernel(
      axis: axis(signature), extent: signature.input(0).shape[axis(signature)],
      shared: shared(signature), indexRank: signature.input(1).shape.rank - shared(signature))
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let recoded = inputs[0]?.recoded(from: signature.input(0), to: signature.outputs[0])
    guard let source = recoded, let indices = inputs[1]?.codes(of: signature.input(1)) else {
      preconditionFailure("a gather has slices and indices")
    }
    let (axis, output) = (axis(signature), signature.outputs[0].shape)
    let shared = shared(signature)
    return [
      RealTensor(
        output,
        (0..<output.count).map { index in
          let place = output.coordinate(at: index)
          let end = axis + indices.shape.rank - shared
          let index = Array(place[..<shared] + place[axis..<end])
          let chosen = indices.values[indices.shape.index(of: index)]
          // What is no number, or out of range, need not fit an integer.
          let slice = chosen >= 0 ? Int(min(chosen, Double(source.shape[axis] - 1))) : 0
          return source.values[
            source.shape.index(of: Array(place[..<axis]) + [slice] + place[end...])]
        })
    ]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    let type = TensorType.random(.moved, axes: 1...3, extents: 1...5, using: &generator)
    var example = drawn(reading: type, using: &generator)
    // Mostly one operand is constant: a table of rows, or the indices.
    if example.signature.constant(1) == nil, Bool.random(using: &generator) {
      example.signature.inputs[0] = .randomConstant(type, using: &generator)
    }
    return example
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let source = type.shape.extents
    guard (1...4).contains(source.count), type.shape.count > 0 else { return nil }
    let axis = Int.random(in: source.indices, using: &generator)
    let shared = Bool.random(using: &generator) ? 0 : Int.random(in: 0...axis, using: &generator)
    let added = Shape.random(
      axes: 0...min(2, 5 - source.count), extents: 1...5, using: &generator)
    let indices = Shape(checking: source[..<shared] + added.extents) ?? Shape()
    var output = type
    output.shape =
      Shape(checking: source[..<axis] + added.extents + source[(axis + 1)...]) ?? Shape(1)
    let element: ElementType =
      [.int32, .int32, .int32, .int64, .int16].randomElement(using: &generator) ?? .int32
    let isConstant = Int.random(in: 0..<4, using: &generator) == 0
    let stated = Bytes.randomIndices(
      element, count: indices.count, below: source[axis], using: &generator)
    return Example(
      Gather(
        axis: Bool.random(using: &generator) ? axis : axis - source.count,
        batchAxes: indices.rank > shared && Bool.random(using: &generator)
          ? shared - indices.rank : shared),
      Signature(
        inputs: [
          Operand(type), Operand(TensorType(element, indices), constant: isConstant ? stated : nil),
        ], outputs: [output]))
  }
}

private struct GatherKernel: ElementKernel {
  /// The axis of operand 0 that indices choose along.
  let axis: Int
  /// Its extent.
  let extent: Int
  /// How many axes both operands share.
  let shared: Int
  /// How many axes more the indices have.
  let indexRank: Int

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let (source, indices) = (call.input(0), call.input(1))
    call.region.forEachRow { start in
      let target = output.row(at: start)
      var place = start
      for coordinate in call.region.row {
        if !place.isEmpty { place[place.count - 1] = coordinate }
        let index = indices.cells[
          indices.offset(of: Array(place[..<shared] + place[axis..<axis + indexRank]))]
        let slices = source.row(
          at: Array(place[..<axis]) + [0] + place[(axis + indexRank)...], along: axis)
        arithmetic.choose(index, of: extent, { slices[$0] }, to: target[coordinate])
      }
    }
  }
}
