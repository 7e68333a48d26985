public import Ops
public import Tensor

extension Example {
  /// The example with a few random changes to its signature, of which `check` may well refuse some.
  public func perturbed(using generator: inout SplitMix64) -> Example {
    var signature = signature
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let index = Int.random(
        in: 0..<signature.inputs.count + signature.outputs.count, using: &generator)
      guard index < signature.inputs.count else {
        signature.outputs[index - signature.inputs.count].perturb(using: &generator)
        continue
      }
      switch Int.random(in: 0..<12, using: &generator) {
      case 0: signature.inputs[index] = nil
      case 1: signature.inputs.append(signature.inputs[index])
      case 2: signature.inputs.remove(at: index)
      case 3: signature.inputs[index]?.constant = nil
      default: signature.inputs[index]?.perturb(using: &generator)
      }
      if signature.inputs.isEmpty { break }
    }
    return Example(operation, signature)
  }
}

extension Operand {
  /// Changes the type; a constant whose size that changes becomes an operand of the run.
  fileprivate mutating func perturb(using generator: inout SplitMix64) {
    type.perturb(using: &generator)
    if let constant, constant.count != type.sizeInBytes { self.constant = nil }
  }
}

extension TensorType {
  /// Changes element, shape or quantization.
  fileprivate mutating func perturb(using generator: inout SplitMix64) {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: element = ElementType.allCases.randomElement(using: &generator) ?? element
    case 1: quantization = nil
    case 2:
      var extents = shape.extents
      extents.insert(1, at: Int.random(in: 0...extents.count, using: &generator))
      shape = Shape(checking: extents) ?? shape
    case 3:
      var extents = shape.extents
      if let axis = extents.indices.randomElement(using: &generator) {
        extents[axis] = max(0, extents[axis] + (Bool.random(using: &generator) ? 1 : -1))
      }
      shape = Shape(checking: extents) ?? shape
    case 4: shape = Shape(checking: shape.extents.shuffled(using: &generator)) ?? shape
    case 5, 6: quantization = quantization?.withOtherZeroPoint(using: &generator)
    default: quantization = quantization?.scaled(using: &generator)
    }
  }
}

extension Quantization {
  /// All scales times one random power of two, or a number near 1.
  fileprivate func scaled(using generator: inout SplitMix64) -> Quantization {
    var factor = Float.random(in: 0.9...1.1, using: &generator)
    if Bool.random(using: &generator) {
      factor = Float(
        sign: .plus, exponent: Int.random(in: -20...20, using: &generator), significand: 1)
    }
    return Quantization(scales: scales.map { $0 * factor }, zeroPoints: zeroPoints, axis: axis)
  }

  fileprivate func withOtherZeroPoint(using generator: inout SplitMix64) -> Quantization {
    let zeroPoint = Int32.random(in: -128...127, using: &generator)
    return Quantization(scales: scales, zeroPoints: scales.map { _ in zeroPoint }, axis: axis)
  }
}
