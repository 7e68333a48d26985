package import Tensor

/// ARG_MAX and ARG_MIN: the coordinate along an axis at which the largest element lies, or the smallest; the first
/// of several.
///
/// Operand 1 states the axis. int8, uint8, int32, float32; the result is int32 or int64.
package struct ArgMax: Operator {
  private static let maximum = Builtin("ARG_MAX", 56, options: 40, versions: [.int8: 2])
  private static let minimum = Builtin("ARG_MIN", 79, options: 57, versions: [.int8: 2])
  package static let builtins = [maximum, minimum]

  package let builtin: Builtin

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  package init(_ builtin: Builtin) { self.builtin = builtin }

  package var options: OptionValues { OptionValues() }

  /// LiteRT makes results of the type that the options name, by its number in the schema.
  package func statedOptions(_ signature: Signature) -> OptionValues {
    OptionValues([0: .int8(signature.outputs[0].element == .int64 ? 4 : 2)])
  }

  private static let elements: [ElementType] = [.int8, .uint8, .int32, .float32]

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    let (input, output) = (signature.input(0), signature.outputs[0])
    guard Self.elements.contains(input.element) else {
      throw OperatorError(
        .unsupported, .operand(0),
        expected: Self.elements.map(\.rawValue).joined(separator: " or "),
        found: "\(input.element)")
    }
    guard [.int32, .int64].contains(output.element), output.quantization == nil else {
      throw OperatorError(
        .unsupported, .output(0), expected: "int32 or int64, not quantized",
        found: "\(output.element)")
    }
    try Reduction.check(signature, axes: 1)
    let reduction = Reduction(signature, keepsAxes: false)
    guard reduction.count <= Int(Int32.max) else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "at most 2^31 - 1 elements each",
        found: "\(reduction.count)")
    }
    try signature.requireOutput(shape: reduction.outputExtents)
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm
      || [.int8, .float32].contains(signature.input(0).element)
        && signature.input(1).element == .int32 && signature.outputs[0].element == .int32
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Access(
      [Reduction(signature, keepsAxes: false).foldedAccess] + signature.unreadOperands(from: 1),
      signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory { MicroMemory(attributes: 4) }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    signature.outputs[0].element == .int64
      ? kernel(for: signature, profile, Int64.self)
      : kernel(for: signature, profile, Int32.self)
  }

  @inline(__always)
  private func kernel<Index: FixedWidthInteger & Stored>(
    for signature: Signature, _ profile: Profile, _ index: Index.Type
  ) -> any Kernel {
    let reduction = Reduction(signature, keepsAxes: false)
    let takesLarger = builtin == Self.maximum
    func kernel<Number: Stored>(
      _ isBetter: @escaping @Sendable (Number, Number) -> Bool
    ) -> FoldReductionKernel<BestIndex<Number, Index>> {
      FoldReductionKernel(
        reduction,
        BestIndex(
          parameters: [takesLarger ? 1 : 0, profile.passesOverNaNs ? 1 : 0], isBetter: isBetter))
    }
    switch signature.input(0).element {
    case .int8:
      return SpecializedKernel(kernel { (x: Int8, y: Int8) in takesLarger ? x > y : x < y })
    case .uint8:
      return SpecializedKernel(kernel { (x: UInt8, y: UInt8) in takesLarger ? x > y : x < y })
    case .int32:
      return SpecializedKernel(kernel { (x: Int32, y: Int32) in takesLarger ? x > y : x < y })
    default:
      let passesOverNaNs = profile.passesOverNaNs
      return SpecializedKernel(
        kernel { (x: Float, y: Float) in
          if passesOverNaNs && y.isNaN { return !x.isNaN }
          return takesLarger ? x > y : x < y
        })
    }
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0], let stated = inputs[1]?.values[0] else {
      preconditionFailure("there are elements and an axis")
    }
    let axis = (Int(stated) + input.shape.rank) % input.shape.rank
    let output = signature.outputs[0].shape
    return [
      RealTensor(
        output,
        (0..<output.count).map { index in
          var place = output.coordinate(at: index)
          place.insert(0, at: axis)
          let numbers = (0..<input.shape[axis]).map { coordinate in
            place[axis] = coordinate
            return input.values[input.shape.index(of: place)]
          }
          let best = builtin == Self.maximum ? numbers.max() : numbers.min()
          return Double(numbers.firstIndex { $0 == best } ?? 0)
        })
    ]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(elements, axes: 1...4, extents: 1...5, using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let extents = type.shape.extents
    guard (1...4).contains(extents.count), elements.contains(type.element) else { return nil }
    let axis = Int.random(in: -extents.count..<extents.count, using: &generator)
    let isLong = Int.random(in: 0..<4, using: &generator) == 0
    var signature = Signature(
      inputs: [
        Operand(type),
        Operand(
          TensorType(.int32, Bool.random(using: &generator) ? Shape() : Shape(1)),
          constant: Bytes(copying: [Int32(axis)])),
      ], outputs: [TensorType(isLong ? .int64 : .int32, type.shape)])
    let reduction = Reduction(signature, keepsAxes: false)
    signature.outputs[0].shape = Shape(checking: reduction.outputExtents) ?? Shape(1)
    return Example(ArgMax(builtins.randomElement(using: &generator) ?? maximum), signature)
  }
}

/// The place of the best element, the first of several.
private struct BestIndex<Number: Stored, Index: FixedWidthInteger & Stored>: FoldFunction {
  let parameters: [UInt64]
  /// Whether an element is better than one before it.
  let isBetter: @Sendable (Number, Number) -> Bool

  func addParameters(to hash: inout SipHash) { for parameter in parameters { hash.add(parameter) } }

  @inline(__always)
  func begin(_ x: Number) -> (best: Number, index: Index, count: Index) { (x, 0, 1) }

  @inline(__always)
  func extend(
    _ state: (best: Number, index: Index, count: Index), by x: Number
  ) -> (best: Number, index: Index, count: Index) {
    isBetter(x, state.best)
      ? (x, state.count, state.count &+ 1) : (state.best, state.index, state.count &+ 1)
  }

  @inline(__always)
  func finish(_ state: (best: Number, index: Index, count: Index)) -> Index { state.index }
}
