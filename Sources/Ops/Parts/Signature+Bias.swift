internal import Tensor

extension Signature {
  /// Whether operand `bias` is there and has elements of this type.
  func hasBias(_ bias: Int, of element: ElementType) -> Bool {
    bias < inputs.count && inputs[bias]?.type.element == element
  }

  /// The schema's code of the type of operand `bias`, as an option, where a model has to state it: int32
  /// beside int16, where readers expect int64; `nil` elsewhere.
  func statedBias(_ bias: Int, beside operand: Int) -> OptionValues.Value? {
    guard input(operand).element == .int16, bias < inputs.count,
      inputs[bias]?.type.element == .int32
    else { return nil }
    return .int8(2)
  }

  /// Whether operand 1 has elements of four bits.
  var hasPackedWeights: Bool { input(1).element == .int4 }

  /// The bytes in which a kernel unpacks weights of four bits: none for others.
  var unpackedWeights: [Int] { hasPackedWeights ? [input(1).shape.count] : [] }

  /// Whether operand 1 has a scale for each channel.
  var hasWeightScales: Bool { !(input(1).quantization?.isPerTensor ?? true) }
}

extension OptionValues {
  /// The table with one field more, if there is a value for it.
  func adding(_ value: Value?, at slot: Int) -> OptionValues {
    var table = self
    if let value { table.values[slot] = value }
    return table
  }
}
