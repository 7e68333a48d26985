internal import Tensor

/// What operators on two operands, element by element, have in common: broadcasting, the tiling
/// rule, the real-valued function.
///
/// Axes are aligned at the last one; an operand's axis of extent 1 is broadcast, as in NumPy.
enum Broadcasting {
  /// The extents that two operands broadcast to; `nil` where they do not fit.
  static func extents(_ left: Shape, _ right: Shape) -> [Int]? {
    let rank = max(left.rank, right.rank)
    func aligned(_ shape: Shape) -> [Int] {
      [Int](repeating: 1, count: rank - shape.rank) + shape.extents
    }
    var extents: [Int] = []
    for (a, b) in zip(aligned(left), aligned(right)) {
      guard a == b || a == 1 || b == 1 else { return nil }
      extents.append(a == 1 ? b : a)
    }
    return extents
  }

  /// Throws unless both operands have one of `elements`, with a quantization, or one of `plain`, with or
  /// without, and shapes that fit, and the result has their element or, if that is stated, `result`.
  static func check(
    _ signature: Signature, _ elements: [ElementType], plain: [ElementType] = [],
    to result: ElementType? = nil
  ) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    try signature.requireElement(operand: 0, elements, plain: plain)
    let element = signature.input(0).element
    let isPlain = plain.contains(element) && signature.input(0).quantization == nil
    try signature.requireElement(operand: 1, [element], plain: isPlain ? [element] : [])
    try signature.requireElement(
      output: 0, [result ?? element], plain: isPlain || result != nil ? [result ?? element] : [])
    if isPlain, signature.input(1).quantization != nil {
      throw OperatorError(
        .unsupported, .operand(1), expected: "no quantization, as operand 0 has",
        found: "a quantization")
    }
    if isPlain, result == nil, signature.outputs[0].quantization != nil, element != .float32 {
      throw OperatorError(
        .unsupported, .output(0), expected: "no quantization, as the operands have",
        found: "a quantization")
    }
    let (left, right) = (signature.input(0).shape, signature.input(1).shape)
    guard let extents = extents(left, right) else {
      throw OperatorError(
        .invalid, .operand(1), expected: "a shape that broadcasts with \(left)",
        found: "\(right)")
    }
    try signature.requireOutput(shape: extents)
  }

  static func access(_ signature: Signature) -> Access {
    let rank = signature.outputs[0].shape.rank
    return Access(
      signature.inputs.map { operand in
        guard let shape = operand?.type.shape else { return [] }
        return shape.extents.enumerated().map { axis, extent in
          let outputAxis = axis + rank - shape.rank
          return extent == 1 && signature.outputs[0].shape[outputAxis] != 1
            ? .fixed(0) : .window(axis: outputAxis)
        }
      }, signature: signature)
  }

  /// Applies `function` to each pair of real elements.
  static func real(
    _ inputs: [RealTensor?], _ signature: Signature, _ function: (Double, Double) -> Double
  ) -> [RealTensor] {
    guard let left = inputs[0], let right = inputs[1] else {
      preconditionFailure("two operands")
    }
    let output = signature.outputs[0].shape
    func value(_ tensor: RealTensor, _ coordinate: [Int]) -> Double {
      let own = zip(coordinate.suffix(tensor.shape.rank), tensor.shape.extents)
        .map { $1 == 1 ? 0 : $0 }
      return tensor.values[tensor.shape.index(of: own)]
    }
    return [
      RealTensor(
        output,
        (0..<output.count).map { index in
          let coordinate = output.coordinate(at: index)
          return function(value(left, coordinate), value(right, coordinate))
        })
    ]
  }

  /// The operand and a random other one, one of them at times broadcast and the other one at times
  /// constant; zero points of `centered` are 0.
  ///
  /// The result has `result` for its element, if that is stated, and no quantization then.
  static func random(
    _ operation: some Operator, reading type: TensorType, centered: ElementType? = nil,
    to result: ElementType? = nil, using generator: inout SplitMix64
  ) -> Example? {
    guard (1...4).contains(type.shape.rank) else { return nil }
    var kept = type.shape.extents
    switch Int.random(in: 0..<6, using: &generator) {
    case 0:
      for axis in kept.indices where kept[axis] == 1 {
        kept[axis] = Int.random(in: 1...4, using: &generator)
      }
      if kept.count < 4 { kept.insert(Int.random(in: 1...3, using: &generator), at: 0) }
    case 1, 2:
      kept = kept.map { Bool.random(using: &generator) ? 1 : $0 }
      kept.removeFirst(Int.random(in: 0..<kept.count, using: &generator))
    default: break
    }
    let scale = type.quantization?.scales[0]
    var other = TensorType.random(
      [type.element], Shape(checking: kept) ?? Shape(1), near: scale, centered: centered,
      using: &generator)
    if type.quantization == nil { other.quantization = nil }
    var operands = [
      Operand(type),
      Int.random(in: 0..<4, using: &generator) == 0
        ? .randomConstant(other, using: &generator) : Operand(other),
    ]
    if Bool.random(using: &generator) { operands.reverse() }
    guard let extents = extents(type.shape, other.shape), let shape = Shape(checking: extents)
    else { return nil }
    var output = TensorType.random(
      [result ?? type.element], shape, near: scale, centered: centered, using: &generator)
    if result != nil || type.quantization == nil { output.quantization = nil }
    return Example(operation, Signature(inputs: operands, outputs: [output]))
  }
}

extension Access {
  /// The elements of an operand that the output row at `start` reads; the same one for every
  /// coordinate where the operand's last axis is broadcast.
  @inline(__always)
  func row(of operand: Int, _ view: TensorView, at start: [Int]) -> ElementRow {
    var offset = 0
    var last = AxisMap(low: 0, capacity: 1, isRing: false, stride: 0)
    for (axis, entry) in operands[operand].enumerated() {
      switch entry.outputAxis {
      case nil: offset &+= view.axes[axis].offset(0)
      case outputRank - 1: last = view.axes[axis]
      case .some(let outputAxis): offset &+= view.axes[axis].offset(start[outputAxis])
      }
    }
    return ElementRow(cells: view.cells, start: offset, axis: last)
  }
}
