package import Tensor

/// ONE_HOT: for each index a row of one value, but for another one at the index.
///
/// Operand 0 holds the indices (int32, int64), operand 1, a constant, how long rows are, operands 2 and 3 the value at
/// the index and the others: int8, uint8, int32, int64, bool or float32. An index out of range makes a row of others.
package struct OneHot: Operator {
  package static let builtins = [Builtin("ONE_HOT", 85, options: 61)]

  /// The axis of the result that rows lie along; -1 is the last one.
  package let axis: Int

  init(axis: Int) { self.axis = axis }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(axis: Int(try options.int32(0, default: 0)))
  }

  package var options: OptionValues { OptionValues([0: .int32(Int32(axis))]) }

  private static let elements: [ElementType] = [.int8, .uint8, .int32, .int64, .bool, .float32]

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 4...4, required: 4)
    let (indices, value) = (signature.input(0), signature.input(2))
    try signature.requireIndices(operand: 0, [.int32, .int64], below: nil)
    let depth = try signature.constantIntegers(1, count: 1)[0]
    guard signature.input(1).element == .int32, (0...Int(Int32.max)).contains(depth) else {
      throw OperatorError(
        .invalid, .operand(1), expected: "a length of int32, not below 0", found: "\(depth)")
    }
    guard (-1...indices.shape.rank).contains(axis) else {
      throw OperatorError(
        .invalid, .attribute("axis"), expected: "-1...\(indices.shape.rank)", found: "\(axis)")
    }
    guard Self.elements.contains(value.element) else {
      throw OperatorError(
        .unsupported, .operand(2),
        expected: Self.elements.map(\.rawValue).joined(separator: " or "),
        found: "\(value.element)")
    }
    for operand in 2...3 {
      let type = signature.input(operand)
      guard type.element == value.element, type.quantization == value.quantization,
        type.shape.count == 1
      else {
        throw OperatorError(
          .invalid, .operand(operand), expected: "one \(value.element), quantized alike",
          found: "\(type)")
      }
    }
    try signature.requireSameElement(operand: 2)
    var extents = indices.shape.extents
    extents.insert(depth, at: rowAxis(signature))
    try signature.requireOutput(shape: extents)
  }

  /// The axis of the result that rows lie along.
  private func rowAxis(_ signature: Signature) -> Int {
    axis == -1 ? signature.input(0).shape.rank : axis
  }

  /// TensorFlow Lite Micro has no kernel.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let row = rowAxis(signature)
    let indices = (0..<signature.input(0).shape.rank).map { own -> AxisAccess in
      .window(axis: own < row ? own : own + 1)
    }
    let values = (2...3).map { operand in
      signature.input(operand).shape.extents.map { _ in AxisAccess.fixed(0) }
    }
    let depth = signature.input(1).shape.extents.map { _ in AxisAccess.whole }
    return Access([indices, depth] + values, signature: signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let row = rowAxis(signature)
    return signature.input(0).element == .int64
      ? SpecializedKernel(OneHotKernel<Int64>(axis: row))
      : SpecializedKernel(OneHotKernel<Int32>(axis: row))
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let indices = inputs[0], let value = inputs[2]?.values[0],
      let other = inputs[3]?.values[0]
    else { preconditionFailure("there are indices and values") }
    let (output, row) = (signature.outputs[0].shape, rowAxis(signature))
    return [
      RealTensor(
        output,
        (0..<output.count).map { index in
          var place = output.coordinate(at: index)
          let coordinate = place.remove(at: row)
          return indices.values[indices.shape.index(of: place)] == Double(coordinate)
            ? value : other
        })
    ]
  }

  /// Values are exact; of an index beyond 32 bits the low ones count.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double { inputs[0]?.largestMagnitude ?? 0 < 0x1p31 ? 0x1p-20 : .infinity }

  package static func random(using generator: inout SplitMix64) -> Example {
    let element: ElementType = Bool.random(using: &generator) ? .int32 : .int64
    return drawn(
      reading: TensorType(element, .random(axes: 0...3, extents: 1...4, using: &generator)),
      using: &generator)
  }

  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    guard operand == 0, signature.constant(0) == nil else { return nil }
    let depth = signature.integers(1)[0]
    return .integers(
      (0..<signature.input(0).shape.count).map { _ in
        Int.random(in: -1...depth, using: &generator)
      }, of: signature.input(0).element)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard [.int32, .int64].contains(type.element), type.shape.rank <= 4 else { return nil }
    let axis = Int.random(in: -1...type.shape.rank, using: &generator)
    let depth = Int.random(in: 1...5, using: &generator)
    let value = TensorType.random(
      elements, Bool.random(using: &generator) ? Shape() : Shape(1), using: &generator)
    var extents = type.shape.extents
    extents.insert(depth, at: axis == -1 ? extents.count : axis)
    var output = value
    output.shape = Shape(checking: extents) ?? Shape(1)
    let values = (0...1).map { _ in
      Bool.random(using: &generator)
        ? Operand.randomConstant(value, using: &generator) : Operand(value)
    }
    return Example(
      OneHot(axis: axis),
      Signature(
        inputs: [
          Operand(type),
          Operand(TensorType(.int32, Shape()), constant: Bytes(copying: [Int32(depth)])),
        ] + values, outputs: [output]))
  }
}

/// Whether an index is a coordinate: 1 if so, else 0.
private struct IsAt<Index: FixedWidthInteger & Stored>: UnaryFunction {
  let coordinate: Int

  var variant: Int { coordinate + 1 }

  func addParameters(to hash: inout SipHash) { hash.add(UInt64(coordinate)) }

  @inline(__always)
  func callAsFunction(_ index: Index) -> Int32 {
    Int(Int32(truncatingIfNeeded: index)) == coordinate ? 1 : 0
  }
}

private struct OneHotKernel<Index: FixedWidthInteger & Stored>: ElementKernel {
  /// The axis of the result that rows lie along.
  let axis: Int

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let indices = call.input(0)
    let values = [3, 2].map { operand -> ElementPlace in
      let view = call.input(operand)
      return view.cells[view.offset(of: view.axes.map { _ in 0 })]
    }
    arithmetic.withScratch(.int32, count: 1) { scratch in
      call.region.forEachRow { start in
        let target = output.row(at: start)
        var place = start
        for coordinate in call.region.row {
          place[place.count - 1] = coordinate
          var own = place
          let isAt = IsAt<Index>(coordinate: own.remove(at: axis))
          arithmetic.apply(isAt, indices.cells[indices.offset(of: own)], to: scratch[0])
          arithmetic.choose(scratch[0], of: 2, { values[$0] }, to: target[coordinate])
        }
      }
    }
  }

  func valueCount(of region: Region) -> Int { 2 * region.count }
}
