internal import Tensor

extension Signature {
  /// Throws unless there are `inputs` operands, the first `required` of them present, and one output
  /// per type.
  func requireCounts(
    inputs: ClosedRange<Int>, required: Int, outputs: Int = 1
  ) throws(OperatorError) {
    let present = self.inputs.prefix(required).count { $0 != nil }
    guard inputs.contains(self.inputs.count), present == required else {
      throw OperatorError(
        .invalid, .operands, expected: "\(inputs) operands, the first \(required) present",
        found: "\(self.inputs.count), \(present) of the first \(required) present")
    }
    guard self.outputs.count == outputs else {
      throw OperatorError(
        .invalid, .operands, expected: "\(outputs) results", found: "\(self.outputs.count)")
    }
  }

  /// Throws unless operand `index` has one of `elements`, quantized per tensor where that is a type of
  /// codes, or one of `plain`, quantized or not.
  func requireElement(
    operand index: Int, _ elements: [ElementType], plain: [ElementType] = []
  ) throws(OperatorError) {
    try Self.requireElement(input(index), .operand(index), elements, plain)
  }

  /// Throws unless output `index` has one of `elements`, quantized per tensor where that is a type of
  /// codes, or one of `plain`, quantized or not.
  func requireElement(
    output index: Int, _ elements: [ElementType], plain: [ElementType] = []
  ) throws(OperatorError) {
    try Self.requireElement(outputs[index], .output(index), elements, plain)
  }

  private static func requireElement(
    _ type: TensorType, _ subject: OperatorError.Subject, _ elements: [ElementType],
    _ plain: [ElementType]
  ) throws(OperatorError) {
    let names = (elements + plain).map(\.rawValue).joined(separator: " or ")
    guard elements.contains(type.element) || plain.contains(type.element) else {
      throw OperatorError(.unsupported, subject, expected: names, found: "\(type.element)")
    }
    if type.element == .float32 { return }
    if type.quantization == nil, plain.contains(type.element) { return }
    guard let quantization = type.quantization, quantization.isPerTensor else {
      throw OperatorError(
        .invalid, subject, expected: "\(names) with one scale and zero point",
        found: type.quantization == nil ? "no quantization" : "a scale per channel")
    }
  }

  /// Throws unless all zero points of operands and results of `element` are 0.
  func requireCentered(_ element: ElementType) throws(OperatorError) {
    let operands = inputs.enumerated().compactMap { index, operand in
      operand.map { (OperatorError.Subject.operand(index), $0.type) }
    }
    let results = outputs.enumerated().map { (OperatorError.Subject.output($0), $1) }
    for (subject, type) in operands + results where type.element == element && type.zeroPoint != 0 {
      throw OperatorError(
        .invalid, subject, expected: "\(element) with zero point 0", found: "\(type.zeroPoint)")
    }
  }

  /// Throws unless `shape` is what the operator makes of its operands.
  func requireOutput(_ index: Int = 0, shape: [Int]) throws(OperatorError) {
    guard outputs[index].shape.extents == shape else {
      throw OperatorError(
        .invalid, .output(index), expected: "shape \(shape)",
        found: "\(outputs[index].shape.extents)")
    }
  }

  /// Throws unless operand `index` has `rank` axes and no empty one.
  func requireRank(operand index: Int, _ rank: Int) throws(OperatorError) {
    let shape = input(index).shape
    guard shape.rank == rank, shape.count > 0 else {
      throw OperatorError(
        .invalid, .operand(index), expected: "\(rank) axes, none empty", found: "\(shape)")
    }
  }

  /// Throws unless output 0 has the scale and zero point of operand 0: codes pass unchanged.
  func requireSameQuantization() throws(OperatorError) {
    guard input(0).quantization == outputs[0].quantization else {
      throw OperatorError(
        .invalid, .output(0), expected: "the operand's scale and zero point", found: "others")
    }
  }
}
