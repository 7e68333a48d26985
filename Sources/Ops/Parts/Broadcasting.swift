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

  /// Throws unless both operands and the result have one of `elements` and shapes that fit.
  static func check(_ signature: Signature, _ elements: [ElementType]) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    try signature.requireElement(operand: 0, elements)
    try signature.requireElement(operand: 1, [signature.input(0).element])
    try signature.requireElement(output: 0, [signature.input(0).element])
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

  /// A random pair of operands of one of `elements`, one of them at times broadcast or constant; zero
  /// points of `centered` are 0.
  static func random(
    _ operation: some Operator, _ elements: [ElementType], centered: ElementType? = nil,
    using generator: inout SplitMix64
  ) -> Example {
    let extents = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      Int.random(in: 1...6, using: &generator)
    }
    let element = elements.randomElement(using: &generator) ?? .int8
    func operand(broadcast: Bool) -> Operand {
      var kept = extents
      if broadcast {
        kept = kept.map { Bool.random(using: &generator) ? 1 : $0 }
        kept.removeFirst(Int.random(in: 0..<kept.count, using: &generator))
      }
      let type = TensorType.random(
        [element], Shape(checking: kept) ?? Shape(1), centered: centered, using: &generator)
      return Int.random(in: 0..<4, using: &generator) == 0
        ? .randomConstant(type, using: &generator) : Operand(type)
    }
    var operands = [
      operand(broadcast: false), operand(broadcast: Bool.random(using: &generator)),
    ]
    // One operand at least is computed at run time.
    if operands.allSatisfy({ $0.constant != nil }) { operands[0].constant = nil }
    if Bool.random(using: &generator) { operands.reverse() }
    let output = TensorType.random(
      [element], Shape(checking: extents) ?? Shape(1), centered: centered, using: &generator)
    return Example(operation, Signature(inputs: operands, outputs: [output]))
  }
}
