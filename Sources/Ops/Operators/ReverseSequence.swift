package import Tensor

/// REVERSE_SEQUENCE: the first elements along an axis in reverse, as many as operand 1 says for each coordinate of
/// another axis.
///
/// Operand 0 is uint8, int16, int32, int64 or float32, operand 1 int32 or int64. A length beyond the axis counts
/// as the whole of it; the reference implementation refuses the first one alone.
package struct ReverseSequence: Operator {
  package static let builtins = [Builtin("REVERSE_SEQUENCE", 112, options: 87)]

  /// The axis that is reversed.
  package let axis: Int
  /// The axis that the lengths follow, another one.
  package let batchAxis: Int

  init(axis: Int, batchAxis: Int) {
    self.axis = axis
    self.batchAxis = batchAxis
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(
      axis: Int(try options.int32(0, default: 0)), batchAxis: Int(try options.int32(1, default: 0)))
  }

  package var options: OptionValues {
    OptionValues([0: .int32(Int32(axis)), 1: .int32(Int32(batchAxis))])
  }

  private static let elements: [ElementType] = [.uint8, .int16, .int32, .int64, .float32]

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    let (input, lengths) = (signature.input(0), signature.input(1))
    guard Self.elements.contains(input.element) else {
      throw OperatorError(
        .unsupported, .operand(0),
        expected: Self.elements.map(\.rawValue).joined(separator: " or "),
        found: "\(input.element)")
    }
    let axes = input.shape.extents.indices
    guard axes.contains(axis), axes.contains(batchAxis), axis != batchAxis else {
      throw OperatorError(
        .invalid, .attribute("seq_dim"), expected: "two axes of \(input.shape)",
        found: "\(axis) and \(batchAxis)")
    }
    guard lengths.shape == Shape(input.shape[batchAxis]), input.shape.count > 0 else {
      throw OperatorError(
        .invalid, .operand(1), expected: "\(input.shape[batchAxis]) lengths", found: "\(lengths)")
    }
    try signature.requireIndices(operand: 1, [.int32, .int64], below: input.shape[axis] + 1)
    try signature.requireSameElement()
    try signature.requireOutput(shape: input.shape.extents)
  }

  /// TensorFlow Lite Micro has no kernel.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm
  }

  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    guard operand == 1, signature.constant(1) == nil else { return nil }
    return .randomIndices(
      signature.input(1).element, count: signature.input(1).shape.count,
      below: signature.input(0).shape[axis] + 1, using: &generator)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let axes = signature.input(0).shape.extents.indices.map { own -> AxisAccess in
      own == axis ? .whole : .window(axis: own)
    }
    return Access([axes, [.window(axis: batchAxis)]], signature: signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let extent = signature.input(0).shape[axis]
    return signature.input(1).element == .int64
      ? SpecializedKernel(ReversalKernel<Int64>(axis: axis, batchAxis: batchAxis, extent: extent))
      : SpecializedKernel(ReversalKernel<Int32>(axis: axis, batchAxis: batchAxis, extent: extent))
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0], let lengths = inputs[1] else {
      preconditionFailure("there are elements and lengths")
    }
    return [
      RealTensor(
        input.shape,
        input.values.indices.map { index in
          var place = input.shape.coordinate(at: index)
          // What is out of range need not fit an integer.
          let length = min(lengths.values[place[batchAxis]], Double(input.shape[axis]))
          if Double(place[axis]) < length { place[axis] = Int(length) - 1 - place[axis] }
          return input.values[input.shape.index(of: place)]
        })
    ]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(elements, axes: 2...4, extents: 1...5, using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let shape = type.shape
    guard (2...4).contains(shape.rank), shape.count > 0, elements.contains(type.element) else {
      return nil
    }
    let axes = shape.extents.indices.shuffled(using: &generator)
    let element: ElementType = Bool.random(using: &generator) ? .int32 : .int64
    let isConstant = Int.random(in: 0..<4, using: &generator) == 0
    let lengths = TensorType(element, Shape(shape[axes[1]]))
    let stated = Bytes.randomIndices(
      element, count: lengths.shape.count, below: shape[axes[0]] + 1, using: &generator)
    return Example(
      ReverseSequence(axis: axes[0], batchAxis: axes[1]),
      Signature(
        inputs: [Operand(type), Operand(lengths, constant: isConstant ? stated : nil)],
        outputs: [type]))
  }
}

/// Which coordinate an element comes from, by the length of its sequence.
private struct Origin<Length: FixedWidthInteger & Stored>: UnaryFunction {
  let coordinate: Length
  let extent: Length

  var variant: Int { Int(coordinate) + 1 }

  func addParameters(to hash: inout SipHash) {
    hash.add(UInt64(coordinate))
    hash.add(UInt64(extent))
  }

  @inline(__always)
  func callAsFunction(_ length: Length) -> Length {
    coordinate < length ? min(length, extent) &- 1 &- coordinate : coordinate
  }
}

private struct ReversalKernel<Length: FixedWidthInteger & Stored>: ElementKernel {
  let axis: Int
  let batchAxis: Int
  let extent: Int

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let (input, lengths) = (call.input(0), call.input(1))
    arithmetic.withScratch(Length.element, count: 1) { scratch in
      call.region.forEachRow { start in
        let target = output.row(at: start)
        var place = start
        for coordinate in call.region.row {
          place[place.count - 1] = coordinate
          let origin = Origin<Length>(
            coordinate: Length(clamping: place[axis]), extent: Length(clamping: extent))
          arithmetic.apply(
            origin, lengths.cells[lengths.axes[0].offset(place[batchAxis])], to: scratch[0])
          let row = input.row(at: place, along: axis)
          arithmetic.choose(scratch[0], of: extent, { row[$0] }, to: target[coordinate])
        }
      }
    }
  }

  func valueCount(of region: Region) -> Int { 2 * region.count }
}
