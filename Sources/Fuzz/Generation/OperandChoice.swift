internal import Graph
internal import Ops
internal import Tensor

/// An operator to be added, and what its operands read.
struct OperandChoice {
  private(set) var example: Example
  /// The tensors that operands read, by operand.
  private(set) var reads: [Int: Int]

  init(example: Example, reads: [Int: Int]) {
    self.example = example
    self.reads = reads
  }

  /// At times makes the result's steps those of another tensor of its shape, so that both can be
  /// operands of one operator, or hostile, or the steps of constants unusual.
  mutating func vary(in draft: GraphDraft, using generator: inout SplitMix64) {
    var varied = example
    switch Int.random(in: 0..<12, using: &generator) {
    case 0...2:
      let result = example.signature.outputs[0]
      let twins = draft.readable.filter { draft.tensors[$0].type.hasSameElements(as: result) }
      guard let twin = twins.randomElement(using: &generator) else { return }
      varied.signature.outputs[0].quantization = draft.tensors[twin].type.quantization
    case 3:
      varied.signature.outputs[0].makeHostile(using: &generator)
    case 4:
      let exponent = Int.random(in: -12...12, using: &generator)
      let factor = Float(sign: .plus, exponent: exponent, significand: 1)
      for index in varied.signature.inputs.indices {
        varied.signature.inputs[index]?.scaleConstant(by: factor)
      }
    default: return
    }
    if draft.accepts(varied) { example = varied }
  }

  /// Lets computed operands that read nothing so far read tensors of their element type and shape, or
  /// makes them constant; what remains needs new inputs.
  mutating func findPartners(in draft: GraphDraft, using generator: inout SplitMix64) {
    for operand in example.computedOperands where reads[operand] == nil {
      guard let wanted = example.signature.inputs[operand] else { continue }
      var varied = example
      let partners = draft.readable.filter {
        draft.tensors[$0].type.hasSameElements(as: wanted.type)
      }
      let others = partners.filter { !reads.values.contains($0) }
      let preferred =
        others.isEmpty || Int.random(in: 0..<4, using: &generator) == 0 ? partners : others
      if let partner = preferred.randomElement(using: &generator),
        Int.random(in: 0..<8, using: &generator) > 0
      {
        varied.signature.inputs[operand]?.type = draft.tensors[partner].type
        if draft.accepts(varied) {
          example = varied
          reads[operand] = partner
          continue
        }
        varied = example
      }
      guard !reads.isEmpty, Int.random(in: 0..<4, using: &generator) == 0 else { continue }
      varied.signature.inputs[operand] = .randomConstant(wanted.type, using: &generator)
      if draft.accepts(varied) { example = varied }
    }
  }
}

extension TensorType {
  /// Whether another type differs by its quantization at most.
  fileprivate func hasSameElements(as other: TensorType) -> Bool {
    element == other.element && shape == other.shape
  }
}

extension Operand {
  /// Multiplies the steps of a constant, so that weights and biases still fit each other.
  fileprivate mutating func scaleConstant(by factor: Float) {
    guard constant != nil, let quantization = type.quantization else { return }
    type.quantization = Quantization(
      scales: quantization.scales.map { $0 * factor }, zeroPoints: quantization.zeroPoints,
      axis: quantization.axis)
  }
}
