package import Tensor

/// FILL: a tensor all of whose elements are one.
///
/// Operand 0 states the shape, operand 1 is the element. Any type of element.
package struct Fill: Operator {
  package static let builtins = [
    Builtin("FILL", 94, options: 68, versions: [.int8: 3, .int16: 3, .bool: 2, .float16: 4])
  ]

  private static let types = MovedTypes(tflm: [.int8, .int32, .float32])

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func version(_ signature: Signature) -> Int {
    builtin.version(for: signature.input(1).element)
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    guard signature.input(1).shape.rank == 0 else {
      throw OperatorError(
        .invalid, .operand(1), expected: "a scalar", found: "\(signature.input(1).shape)")
    }
    let extents = try signature.constantIntegers(0)
    guard signature.input(0).shape.rank == 1 else {
      throw OperatorError(
        .invalid, .operand(0), expected: "one axis", found: "\(signature.input(0).shape)")
    }
    try Self.types.check(signature, operand: 1)
    try signature.requireCentered(.int16)
    try signature.requireOutput(shape: extents)
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    // To TensorFlow Lite Micro a constant of no bytes is none.
    Self.types.has(signature.input(1).element, by: profile)
      && (profile != .tflm || signature.outputs[0].shape.rank > 0)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Access(signature.unreadOperands(from: 0), signature: signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    MovementKernel(access(signature, output: 0), sources: 1..<2)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let value = inputs[1] else { preconditionFailure("an element fills the tensor") }
    return [value.moved(to: signature.outputs[0].shape) { _ in [] }]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    let type = TensorType.random(.moved, Shape(), centered: .int16, using: &generator)
    var example = drawn(reading: type, using: &generator)
    if Int.random(in: 0..<4, using: &generator) == 0 {
      example.signature.inputs[1] = .randomConstant(type, using: &generator)
    }
    return example
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard type.shape.rank == 0 else { return nil }
    let shape = Shape.random(axes: 0...4, extents: 1...4, using: &generator)
    return Example(
      Fill(),
      Signature(
        inputs: [
          .integers(shape.extents, isWide: Bool.random(using: &generator)),
          Operand(type),
        ], outputs: [type.with(extents: shape.extents)]))
  }
}
