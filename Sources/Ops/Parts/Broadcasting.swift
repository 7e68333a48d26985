internal import Tensor

/// What operators on two operands, element by element, have in common: broadcasting, the tiling
/// rule, the kernel.
///
/// Axes are aligned at the last one; an operand's axis of extent 1 is broadcast, as in NumPy.
package enum Elementwise {
  /// The extents that two operands broadcast to; `nil` where they do not fit.
  static func broadcast(_ left: Shape, _ right: Shape) -> [Int]? {
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

  static func check(_ signature: Signature, _ elements: [ElementType]) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    try signature.requireQuantized(operand: 0, elements)
    try signature.requireQuantized(operand: 1, [signature.input(0).element])
    try signature.requireQuantized(output: 0, [signature.input(0).element])
    let (left, right) = (signature.input(0).shape, signature.input(1).shape)
    guard let extents = broadcast(left, right) else {
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
            ? .broadcast : .window(axis: outputAxis)
        }
      }, signature: signature)
  }

  /// An operand may be overwritten where it is as large as the result: none of its elements is read
  /// twice.
  static func inPlace(_ signature: Signature, operand: Int) -> InPlace {
    signature.input(operand).shape == signature.outputs[0].shape ? .sameAddress : .never
  }

  /// A random pair of operands, one of them at times broadcast or constant.
  static func random(
    _ operation: some Operator, using generator: inout SplitMix64
  ) -> Example {
    let extents = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      Int.random(in: 1...6, using: &generator)
    }
    func operand(broadcast: Bool) -> Operand {
      var kept = extents
      if broadcast {
        kept = kept.map { Bool.random(using: &generator) ? 1 : $0 }
        kept.removeFirst(Int.random(in: 0..<kept.count, using: &generator))
      }
      let shape = Shape(checking: kept) ?? Shape(1)
      let type = TensorType(.int8, shape, .random(.int8, using: &generator))
      guard Int.random(in: 0..<4, using: &generator) == 0 else { return Operand(type) }
      let codes = (0..<shape.count).map { _ in Int8.random(in: -128...127, using: &generator) }
      return Operand(type, constant: Bytes(copying: codes))
    }
    var operands = [
      operand(broadcast: false), operand(broadcast: Bool.random(using: &generator)),
    ]
    // One operand at least is computed at run time.
    if operands.allSatisfy({ $0.constant != nil }) { operands[0].constant = nil }
    if Bool.random(using: &generator) { operands.reverse() }
    let output = TensorType(
      .int8, Shape(checking: extents) ?? Shape(1), .random(.int8, using: &generator))
    return Example(operation, Signature(inputs: operands, outputs: [output]))
  }

  /// Applies `function` to each pair of real elements, broadcast to `output`.
  static func real(
    _ inputs: [RealTensor?], output: Shape, _ function: (Double, Double) -> Double
  ) -> RealTensor {
    guard let left = inputs[0], let right = inputs[1] else {
      preconditionFailure("two operands")
    }
    func value(_ tensor: RealTensor, _ coordinate: [Int]) -> Double {
      let own = zip(coordinate.suffix(tensor.shape.rank), tensor.shape.extents)
        .map { $1 == 1 ? 0 : $0 }
      return tensor.values[tensor.shape.index(of: own)]
    }
    return RealTensor(
      output,
      (0..<output.count).map { index in
        let coordinate = output.coordinate(at: index)
        return function(value(left, coordinate), value(right, coordinate))
      })
  }
}
