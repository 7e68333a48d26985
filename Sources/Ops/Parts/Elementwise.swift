internal import Tensor

/// What operators on one operand, element by element, have in common.
enum Elementwise {
  /// Throws unless operand and result have one shape, and each one of the types given for it.
  static func check(
    _ signature: Signature, _ inputs: [ElementType], to outputs: [ElementType]? = nil
  ) throws(OperatorError) {
    try signature.requireCounts(inputs: 1...1, required: 1)
    try signature.requireElement(operand: 0, inputs)
    try signature.requireElement(output: 0, outputs ?? [signature.input(0).element])
    try signature.requireOutput(shape: signature.input(0).shape.extents)
  }

  static func access(_ signature: Signature) -> Access {
    Access(
      [(0..<signature.input(0).shape.rank).map { .window(axis: $0) }], signature: signature)
  }

  /// Applies `function` to each real element.
  static func real(
    _ inputs: [RealTensor?], _ function: (Double) -> Double
  ) -> [RealTensor] {
    guard let input = inputs[0] else { preconditionFailure("an operand") }
    return [RealTensor(input.shape, input.values.map(function))]
  }

  /// A kernel that looks up what `function` makes of a code of 8 bits, the same type in and out.
  static func table(_ signature: Signature, _ function: (Int32) -> Int32) -> any Kernel {
    switch signature.outputs[0].element {
    case .uint8: SpecializedKernel(UnaryKernel(CodeTable<UInt8>(function)))
    case .int8: SpecializedKernel(UnaryKernel(CodeTable<Int8>(function)))
    case let element: preconditionFailure("no kernel for \(element)")
    }
  }

  /// A random result of the operand's type or of one of `outputs`, or `nil` of too many axes.
  ///
  /// `quantization` states that of a result of codes.
  static func random(
    _ operation: some Operator, reading type: TensorType, to outputs: [ElementType]? = nil,
    quantization: (TensorType) -> Quantization? = { $0.quantization },
    using generator: inout SplitMix64
  ) -> Example? {
    guard type.shape.rank <= 4 else { return nil }
    var output = TensorType.random(
      outputs ?? [type.element], type.shape, near: type.quantization?.scales[0], using: &generator)
    if output.quantization != nil { output.quantization = quantization(output) }
    return Example(operation, Signature(inputs: [Operand(type)], outputs: [output]))
  }
}

/// A function of codes of 8 bits, tabulated.
private struct CodeTable<Code: FixedWidthInteger & Stored>: UnaryFunction {
  private let results: [Code]
  /// Stands for the table where it is a parameter.
  private let digest: UInt64

  init(_ function: (Int32) -> Int32) {
    let results = (0..<256).map { index in
      Code(truncatingIfNeeded: function(Int32(index) + Int32(Code.min)))
    }
    var hash = SipHash(key0: 0, key1: 0)
    for result in results { hash.add(Int32(result)) }
    self.results = results
    digest = hash.value
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(digest)
  }

  @inline(__always)
  func callAsFunction(_ x: Code) -> Code { results[Int(x) &- Int(Code.min)] }
}
