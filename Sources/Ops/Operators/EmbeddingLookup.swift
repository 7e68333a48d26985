package import Tensor

/// EMBEDDING_LOOKUP: rows of a table, chosen by indices.
///
/// Operand 0 holds the indices, int32, operand 1 the table, of two axes or more: any type of element, of which the
/// result has rows, or int8 with one scale around 0, of which it may have floats. A constant index out of range is
/// refused; one of a run takes the nearest row, where the reference implementations stop.
package struct EmbeddingLookup: Operator {
  package static let builtins = [Builtin("EMBEDDING_LOOKUP", 7, options: 0)]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    let (indices, table, output) = (
      signature.input(0), signature.input(1), signature.outputs[0]
    )
    guard indices.shape.rank == 1 else {
      throw OperatorError(
        .invalid, .operand(0), expected: "a row of indices", found: "\(indices.shape)")
    }
    guard table.shape.rank >= 2, table.shape[0] > 0 else {
      throw OperatorError(
        .invalid, .operand(1), expected: "rows of at least one axis", found: "\(table.shape)")
    }
    try signature.requireIndices(operand: 0, [.int32], below: table.shape[0])
    try signature.requireOutput(shape: indices.shape.extents + table.shape.extents[1...])
    guard Self.isHybrid(table, output) else { return try signature.requireSameElement(operand: 1) }
    guard table.quantization?.isPerTensor == true else {
      throw OperatorError(
        .unsupported, .operand(1), expected: "one scale", found: "none, or one for each row")
    }
    guard table.zeroPoint == 0 else {
      throw OperatorError(
        .invalid, .operand(1), expected: "zero point 0", found: "\(table.zeroPoint)")
    }
  }

  /// Whether codes become floats.
  private static func isHybrid(_ table: TensorType, _ output: TensorType) -> Bool {
    table.element == .int8 && output.element == .float32
  }

  /// TensorFlow Lite Micro looks up floats and int8 alone.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm || [.int8, .float32].contains(signature.input(1).element)
  }

  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    guard operand == 0, signature.constant(0) == nil else { return nil }
    return .randomIndices(
      .int32, count: signature.input(0).shape.count, below: signature.input(1).shape[0],
      using: &generator)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let rows = (0..<signature.input(1).shape.rank).map { axis -> AxisAccess in
      axis == 0 ? .whole : .window(axis: axis)
    }
    return Access([[.window(axis: 0)], rows], signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(data: 8, wideData: 16, arrays: [4 + 4 * signature.outputs[0].shape.rank])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let (table, output) = (signature.input(1), signature.outputs[0])
    return LookupKernel(
      extent: table.shape[0],
      scale: Self.isHybrid(table, output) ? table.quantization?.scales[0] : nil)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let indices = inputs[0], let table = inputs[1] else {
      preconditionFailure("there are indices and a table")
    }
    let output = signature.outputs[0].shape
    return [
      RealTensor(
        output,
        (0..<output.count).map { index in
          var place = output.coordinate(at: index)
          // What is out of range need not fit an integer.
          place[0] = Int(min(max(indices.values[place[0]], 0), Double(table.shape[0] - 1)))
          return table.values[table.shape.index(of: place)]
        })
    ]
  }

  /// Rows are exact; a product of a code and a scale is rounded once.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    max(0x1p-20, (inputs[1]?.largestMagnitude ?? 0) * 0x1p-24)
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    let type = TensorType.random(
      .moved, axes: 2...4, extents: 1...4, centered: .int8, using: &generator)
    var example = drawn(reading: type, using: &generator)
    if example.signature.constant(0) == nil, Bool.random(using: &generator) {
      example.signature.inputs[1] = .randomConstant(type, using: &generator)
    }
    return example
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard (2...4).contains(type.shape.rank), type.shape.count > 0 else { return nil }
    let indices = TensorType(.int32, Shape(Int.random(in: 1...4, using: &generator)))
    let isConstant = Int.random(in: 0..<4, using: &generator) == 0
    let stated = Bytes.randomIndices(
      .int32, count: indices.shape.count, below: type.shape[0], using: &generator)
    var output = type
    output.shape =
      Shape(checking: indices.shape.extents + type.shape.extents[1...]) ?? type.shape
    if type.element == .int8, type.zeroPoint == 0, Bool.random(using: &generator) {
      output = TensorType(.float32, output.shape)
    }
    return Example(
      EmbeddingLookup(),
      Signature(
        inputs: [Operand(indices, constant: isConstant ? stated : nil), Operand(type)],
        outputs: [output]))
  }
}

private struct LookupKernel: ElementKernel {
  /// How many rows there are.
  let extent: Int
  /// What codes are multiplied by; `nil` where elements stay what they are.
  let scale: Float?

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let (indices, table) = (call.input(0), call.input(1))
    let factor = scale ?? 1
    let product = ElementMap<Int8, Float>([UInt64(factor.bitPattern)]) { Float($0) * factor }
    arithmetic.withScratch(table.element, count: 1) { scratch in
      call.region.forEachRow { start in
        let target = output.row(at: start)
        var place = start
        for coordinate in call.region.row {
          place[place.count - 1] = coordinate
          let index = indices.cells[indices.axes[0].offset(place[0])]
          let column = table.row(at: place, along: 0)
          if scale == nil {
            arithmetic.choose(index, of: extent, { column[$0] }, to: target[coordinate])
          } else {
            arithmetic.choose(index, of: extent, { column[$0] }, to: scratch[0])
            arithmetic.apply(product, scratch[0], to: target[coordinate])
          }
        }
      }
    }
  }

  func valueCount(of region: Region) -> Int { 2 * region.count }
}
