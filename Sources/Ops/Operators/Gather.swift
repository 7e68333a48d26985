package import Tensor

/// GATHER: slices of a tensor along an axis, chosen by indices.
///
/// Operand 0 holds the slices, operand 1 the indices (int32, int64); the result has the indices' axes in
/// place of `axis`. Any type of element. A constant index out of range is refused; one of a run takes the
/// nearest slice, where the reference implementations stop.
package struct Gather: Operator {
  package static let builtins = [
    Builtin("GATHER", 36, options: 23, versions: [.int8: 2, .bool: 3, .int16: 4])
  ]

  /// The axis of operand 0; below 0 counted from the end.
  package let axis: Int

  init(axis: Int) { self.axis = axis }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(axis: Int(try options.int32(0, default: 0)))
    let batchAxes = try options.int32(1, default: 0)
    guard batchAxes == 0 else {
      throw OptionError(.unsupported, slot: 1, expected: "no batch axes, not \(batchAxes)")
    }
  }

  package var options: OptionValues { OptionValues([0: .int32(Int32(axis))]) }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    let (source, indices) = (signature.input(0).shape, signature.input(1))
    let axis = axis(signature)
    guard (0..<source.rank).contains(axis), source[axis] > 0 else {
      throw OperatorError(
        .invalid, .attribute("axis"), expected: "an axis of \(source) that is not empty",
        found: "\(self.axis)")
    }
    guard [.int32, .int64].contains(indices.element) else {
      throw OperatorError(
        .unsupported, .operand(1), expected: "int32 or int64", found: "\(indices.element)")
    }
    if let constant = signature.constant(1) {
      let stated = constant.integers(of: indices.element)
      guard stated.allSatisfy({ (0..<source[axis]).contains($0) }) else {
        throw OperatorError(
          .invalid, .operand(1), expected: "indices in 0..<\(source[axis])",
          found: "\(stated.first { !(0..<source[axis]).contains($0) } ?? 0)")
      }
    }
    try signature.requireSameElement()
    try signature.requireOutput(
      shape: Array(source.extents[..<axis]) + indices.shape.extents + source.extents[(axis + 1)...])
  }

  /// The axis, counted from the front.
  private func axis(_ signature: Signature) -> Int {
    axis < 0 ? axis + signature.input(0).shape.rank : axis
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let (axis, added) = (axis(signature), signature.input(1).shape.rank)
    let source = (0..<signature.input(0).shape.rank).map { own -> AxisAccess in
      if own == axis { return .whole }
      return .window(axis: own < axis ? own : own + added - 1)
    }
    return Access(
      [source, (0..<added).map { .window(axis: axis + $0) }], signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 8, arrays: [4 + 4 * signature.outputs[0].shape.rank])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    GatherKernel(
      axis: axis(signature), extent: signature.input(0).shape[axis(signature)],
      indexRank: signature.input(1).shape.rank)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let recoded = inputs[0]?.recoded(from: signature.input(0), to: signature.outputs[0])
    guard let source = recoded, let indices = inputs[1]?.codes(of: signature.input(1)) else {
      preconditionFailure("a gather has slices and indices")
    }
    let (axis, output) = (axis(signature), signature.outputs[0].shape)
    return [
      RealTensor(
        output,
        (0..<output.count).map { index in
          let place = output.coordinate(at: index)
          let end = axis + indices.shape.rank
          let chosen = indices.values[indices.shape.index(of: Array(place[axis..<end]))]
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
    let indices = Shape.random(
      axes: 0...min(2, 5 - source.count), extents: 1...5, using: &generator)
    var output = type
    output.shape =
      Shape(checking: Array(source[..<axis]) + indices.extents + source[(axis + 1)...]) ?? Shape(1)
    let isConstant = Int.random(in: 0..<4, using: &generator) == 0
    let stated = (0..<indices.count).map { _ in
      Int32.random(in: 0..<Int32(source[axis]), using: &generator)
    }
    return Example(
      Gather(axis: Bool.random(using: &generator) ? axis : axis - source.count),
      Signature(
        inputs: [
          Operand(type),
          Operand(TensorType(.int32, indices), constant: isConstant ? Bytes(copying: stated) : nil),
        ], outputs: [output]))
  }
}

private struct GatherKernel: ElementKernel {
  /// The axis of operand 0 that indices choose along.
  let axis: Int
  /// Its extent.
  let extent: Int
  /// How many axes the indices have.
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
          indices.offset(of: Array(place[axis..<axis + indexRank]))]
        let slices = source.row(
          at: Array(place[..<axis]) + [0] + place[(axis + indexRank)...], along: axis)
        arithmetic.choose(index, of: extent, { slices[$0] }, to: target[coordinate])
      }
    }
  }
}
