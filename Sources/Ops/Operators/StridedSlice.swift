package import Tensor

/// STRIDED_SLICE: every so many coordinates of each axis, from a start to an end.
///
/// Operands 1, 2 and 3 state starts, ends and strides, per axis from the front. Any type of element.
package struct StridedSlice: Operator {
  package static let builtins = [
    Builtin("STRIDED_SLICE", 45, options: 32, versions: [.int8: 2, .bool: 3, .uint32: 7])
  ]

  private static let types = MovedTypes(tflm: [.int8, .int16, .int32, .bool, .float32])

  /// A bit per axis whose start is ignored: the slice starts at the edge.
  package let startMask: Int32
  /// A bit per axis whose end is ignored: the slice ends at the edge.
  package let endMask: Int32
  /// A bit per axis of which one coordinate is taken, and which the result lacks.
  package let droppedMask: Int32
  /// Whether ends count from the starts.
  package let endsAreOffsets: Bool

  init(startMask: Int32, endMask: Int32, droppedMask: Int32, endsAreOffsets: Bool) {
    self.startMask = startMask
    self.endMask = endMask
    self.droppedMask = droppedMask
    self.endsAreOffsets = endsAreOffsets
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    for (slot, name) in [(2, "ellipsis"), (3, "new axis")] {
      let mask = try options.int32(slot, default: 0)
      guard mask == 0 else {
        throw OptionError(
          .unsupported, slot: slot, expected: "no \(name) (mask 0), not mask \(mask)")
      }
    }
    self.init(
      startMask: try options.int32(0, default: 0), endMask: try options.int32(1, default: 0),
      droppedMask: try options.int32(4, default: 0),
      endsAreOffsets: try options.bool(5, default: false))
  }

  package var options: OptionValues {
    OptionValues([
      0: .int32(startMask), 1: .int32(endMask), 4: .int32(droppedMask), 5: .bool(endsAreOffsets),
    ])
  }

  package func version(_ signature: Signature) -> Int {
    if endsAreOffsets { return 8 }
    let input = signature.input(0)
    return max(input.shape.rank > 4 ? 4 : 1, builtin.version(for: input.element))
  }

  /// What is taken of one axis.
  private struct Slice {
    let start: Int
    let stride: Int
    let count: Int
    let isDropped: Bool
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 4...4, required: 4)
    let input = signature.input(0).shape
    var counts: Set<Int> = []
    for index in 1...3 { counts.insert(try signature.constantIntegers(index).count) }
    guard counts.count == 1, let count = counts.first, count <= input.rank, input.rank < 32 else {
      throw OperatorError(
        .invalid, .operands, expected: "as many starts, ends and strides, at most \(input.rank)",
        found: "\(counts.sorted())")
    }
    let strides = try signature.constantIntegers(3)
    guard strides.allSatisfy({ $0 != 0 && $0.magnitude <= 1 << 31 }) else {
      throw OperatorError(
        .invalid, .operand(3), expected: "strides that are not 0", found: "\(strides)")
    }
    guard !dropsBackwards(strides) else {
      throw OperatorError(
        .unsupported, .operand(3),
        expected: "strides above 0 along axes that are dropped, where nothing is written else",
        found: "\(strides)")
    }
    let slices = slices(signature)
    for (axis, slice) in slices.enumerated()
    where slice.isDropped && !(0..<input[axis]).contains(slice.start) {
      throw OperatorError(
        .invalid, .operand(1), expected: "a coordinate of axis \(axis), which has \(input[axis])",
        found: "\(slice.start)")
    }
    try Self.types.check(signature)
    try signature.requireOutput(shape: slices.filter { !$0.isDropped }.map { $0.count })
  }

  /// Whether an axis is dropped whose stride is below 0.
  private func dropsBackwards(_ strides: [Int]) -> Bool {
    strides.enumerated().contains { axis, stride in
      stride < 0 && droppedMask & 1 << Int32(axis) != 0
    }
  }

  /// Ends that count from the starts are unknown to TensorFlow Lite Micro, and to the versions of LiteRT's
  /// reference kernel.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    let input = signature.input(0)
    return Self.types.has(input.element, by: profile) && !endsAreOffsets
      && signature.input(1).element == .int32 && (profile != .tflm || input.shape.rank <= 5)
  }

  /// Source: TensorFlow Lite, `strided_slice::StridedSliceStartForAxis`, `StridedSliceEndForAxis`.
  private func slices(_ signature: Signature) -> [Slice] {
    let parts = (1...3).map { index in
      // A limit beyond every coordinate keeps sums of them inside an Int.
      signature.integers(index).map { min(max($0, -1 << 50), 1 << 50) }
    }
    return signature.input(0).shape.extents.enumerated().map { axis, extent in
      guard axis < parts[0].count else {
        return Slice(start: 0, stride: 1, count: extent, isDropped: false)
      }
      let stride = parts[2][axis]
      func has(_ mask: Int32) -> Bool { mask & 1 << Int32(axis) != 0 }
      func clamp(_ place: Int) -> Int {
        let fromFront = place < 0 ? place + extent : place
        return stride > 0 ? min(max(fromFront, 0), extent) : min(max(fromFront, -1), extent - 1)
      }
      let start = has(startMask) ? (stride > 0 ? 0 : extent - 1) : clamp(parts[0][axis])
      if has(droppedMask) { return Slice(start: start, stride: 1, count: 1, isDropped: true) }
      let end =
        has(endMask)
        ? (stride > 0 ? extent : -1) : clamp(parts[1][axis] + (endsAreOffsets ? start : 0))
      let span = stride > 0 ? end - start : start - end
      return Slice(
        start: start, stride: stride, count: max(0, (span + abs(stride) - 1) / abs(stride)),
        isDropped: false)
    }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    var outputAxis = 0
    let axes = slices(signature).map { slice -> AxisAccess in
      if slice.isDropped { return .fixed(slice.start) }
      defer { outputAxis += 1 }
      return .window(axis: outputAxis, stride: slice.stride, offset: slice.start)
    }
    return Access([axes] + signature.unreadOperands(from: 1), signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 24, data: 84)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    MovementKernel(access(signature, output: 0), sources: 0..<1)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard
      let input = inputs[0]?.recoded(from: signature.input(0), to: signature.outputs[0])
    else { preconditionFailure("a slice has an input") }
    let output = signature.outputs[0].shape
    // Every coordinate of every axis that is taken, in order; the last axis moves fastest.
    let taken = slices(signature).map { slice in
      (0..<slice.count).map { slice.start + $0 * slice.stride }
    }
    var places: [[Int]] = [[]]
    for axis in taken { places = places.flatMap { place in axis.map { place + [$0] } } }
    return [RealTensor(output, places.map { input.values[input.shape.index(of: $0)] })]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(.moved, axes: 1...4, extents: 1...6, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let extents = type.shape.extents
    guard (1...4).contains(extents.count), type.shape.count > 0 else { return nil }
    // Masks make starts and ends that select nothing select something.
    while true {
      let strides = extents.map { _ in [1, 1, 2, 3, -1, -2].randomElement(using: &generator) ?? 1 }
      let starts = extents.map { Int.random(in: -$0...$0 - 1, using: &generator) }
      let ends = extents.map { Int.random(in: -$0...$0 + 1, using: &generator) }
      let operation = StridedSlice(
        startMask: Int32.random(in: 0...15, using: &generator),
        endMask: Int32.random(in: 0...15, using: &generator),
        droppedMask: Int32.random(in: 0...15, using: &generator)
          & Int32.random(in: 0...15, using: &generator),
        endsAreOffsets: false)
      let operands = [starts, ends, strides].map { numbers -> Operand? in
        Operand(
          TensorType(.int32, Shape(numbers.count)),
          constant: Bytes(copying: numbers.map { Int32($0) }))
      }
      var signature = Signature(inputs: [Operand(type)] + operands, outputs: [type])
      let slices = operation.slices(signature)
      guard slices.allSatisfy({ $0.count > 0 }), !operation.dropsBackwards(strides) else {
        continue
      }
      signature.outputs[0].shape =
        Shape(checking: slices.filter { !$0.isDropped }.map { $0.count }) ?? Shape()
      return Example(operation, signature)
    }
  }
}
