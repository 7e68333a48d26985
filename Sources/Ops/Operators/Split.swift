package import Tensor

/// SPLIT and SPLIT_V: parts along an axis, one result each.
///
/// SPLIT takes the axis and what is split, in parts of equal length; SPLIT_V what is split, the lengths
/// (one of them -1 for what is left) and the axis. Any type of element.
package struct Split: Operator {
  private static let equal = Builtin(
    "SPLIT", 49, options: 35, versions: [.int8: 2, .int32: 3, .int16: 4])
  private static let sized = Builtin("SPLIT_V", 102, options: 79, versions: [.int8: 2])
  package static let builtins = [equal, sized]

  private static let types = MovedTypes(
    tflm: [.int8, .int16, .int32, .float32],
    litert: [.int8, .uint8, .int16, .int32, .int64, .float32])

  package let builtin: Builtin
  /// How many results there are; at least 1.
  package let count: Int

  init(_ builtin: Builtin, count: Int) {
    self.builtin = builtin
    self.count = count
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    let count = try options.int32(0, default: 0)
    // Each part is asked for those before it.
    guard (1...4096).contains(count) else {
      throw OptionError(slot: 0, expected: "1 to 4096 parts, not \(count)")
    }
    self.init(builtin, count: Int(count))
  }

  package var options: OptionValues { OptionValues([0: .int32(Int32(count))]) }

  /// Which operand is split, and which ones state the axis and, of SPLIT_V, the lengths.
  private var operands: (source: Int, axis: Int, lengths: Int?) {
    builtin == Self.sized ? (0, 2, 1) : (1, 0, nil)
  }

  package func version(_ signature: Signature) -> Int {
    builtin.version(for: signature.input(operands.source).element)
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    let operandCount = builtin == Self.sized ? 3 : 2
    try signature.requireCounts(
      inputs: operandCount...operandCount, required: operandCount, outputs: count)
    let input = signature.input(operands.source)
    let stated = try signature.constantIntegers(operands.axis, count: 1)[0]
    guard (-input.shape.rank..<input.shape.rank).contains(stated) else {
      throw OperatorError(
        .invalid, .operand(operands.axis), expected: "an axis of \(input.shape)",
        found: "\(stated)")
    }
    let axis = axis(signature)
    if let operand = operands.lengths {
      _ = try signature.constantIntegers(operand, count: count)
    }
    guard let lengths = lengths(signature) else {
      throw OperatorError(
        .invalid, .operand(operands.lengths ?? operands.axis),
        expected: "\(count) parts of axis \(axis), which has \(input.shape[axis])",
        found: operands.lengths == nil ? "a remainder" : "other lengths")
    }
    for (output, length) in lengths.enumerated() {
      var shape = input.shape.extents
      shape[axis] = length
      try Self.types.check(signature, operand: operands.source, output: output)
      try signature.requireOutput(output, shape: shape)
    }
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    Self.types.has(signature.input(operands.source).element, by: profile)
      && signature.input(operands.axis).element == .int32
  }

  /// The axis, counted from the front.
  private func axis(_ signature: Signature) -> Int {
    let stated = signature.integers(operands.axis).first ?? 0
    return stated < 0 ? stated + signature.input(operands.source).shape.rank : stated
  }

  /// How long each part is; `nil` where the parts do not make up the axis.
  private func lengths(_ signature: Signature) -> [Int]? {
    let extent = signature.input(operands.source).shape[axis(signature)]
    guard let operand = operands.lengths else {
      return extent % count == 0 ? [Int](repeating: extent / count, count: count) : nil
    }
    var lengths = signature.integers(operand)
    guard lengths.allSatisfy({ (-1...extent).contains($0) }) else { return nil }
    let rest = extent - lengths.reduce(0) { $0 + max($1, 0) }
    if let open = lengths.firstIndex(of: -1) { lengths[open] = rest }
    guard lengths.reduce(0, +) == extent, !lengths.contains(where: { $0 < 0 }) else { return nil }
    return lengths
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let axis = axis(signature)
    let start = signature.outputs[..<output].reduce(0) { $0 + $1.shape[axis] }
    var axes = signature.unreadOperands(from: 0)
    axes[operands.source] = axes[operands.source].indices.map {
      .window(axis: $0, offset: $0 == axis ? start : 0)
    }
    return Access(axes, signature: signature, output: output)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 4)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let source = operands.source
    return PartsKernel(
      parts: (0..<count).map {
        MovementKernel(access(signature, output: $0), sources: source..<source + 1)
      })
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[operands.source] else { preconditionFailure("a split has an input") }
    let axis = axis(signature)
    var start = 0
    return signature.outputs.map { type in
      defer { start += type.shape[axis] }
      return RealTensor(
        type.shape,
        (0..<type.shape.count).map { index in
          var place = type.shape.coordinate(at: index)
          place[axis] += start
          return input.values[input.shape.index(of: place)]
        })
    }
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int8, .uint8, .int16, .int32, .int64, .float32], axes: 1...4, extents: 1...6,
        using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let extents = type.shape.extents
    guard (1...4).contains(extents.count), type.shape.count > 0 else { return nil }
    let axis = Int.random(in: extents.indices, using: &generator)
    let builtin = builtins.randomElement(using: &generator) ?? equal
    var lengths = [extents[axis]]
    if builtin == equal {
      let count = (1...4).filter { extents[axis] % $0 == 0 }.randomElement(using: &generator) ?? 1
      lengths = [Int](repeating: extents[axis] / count, count: count)
    } else {
      while lengths.count < 4, lengths[0] > 1, Bool.random(using: &generator) {
        let part = Int.random(in: 1..<lengths[0], using: &generator)
        lengths[0] -= part
        lengths.append(part)
      }
    }
    func part(_ length: Int) -> TensorType {
      var (part, shape) = (type, extents)
      shape[axis] = length
      part.shape = Shape(checking: shape) ?? Shape(1)
      return part
    }
    let source = Operand(type)
    let stated = Int32(Bool.random(using: &generator) ? axis : axis - extents.count)
    let axisOperand = Operand(TensorType(.int32, Shape()), constant: Bytes(copying: [stated]))
    var statedLengths = lengths.map(Int32.init)
    if Bool.random(using: &generator) {
      statedLengths[Int.random(in: lengths.indices, using: &generator)] = -1
    }
    let lengthsOperand = Operand(
      TensorType(.int32, Shape(lengths.count)), constant: Bytes(copying: statedLengths))
    return Example(
      Split(builtin, count: lengths.count),
      Signature(
        inputs: builtin == sized ? [source, lengthsOperand, axisOperand] : [axisOperand, source],
        outputs: lengths.map(part)))
  }
}
