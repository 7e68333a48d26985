package import Tensor

/// BROADCAST_TO: a tensor repeated along new axes in front and along axes of extent 1.
///
/// Operand 1 states the result's shape. Any type of element.
package struct BroadcastTo: Operator {
  package static let builtins = [Builtin("BROADCAST_TO", 130, options: 104)]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  /// There is no first version.
  package func version(_ signature: Signature) -> Int {
    [.int8, .int16].contains(signature.input(0).element) ? 3 : 2
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    let input = signature.input(0).shape
    let extents = try signature.constantIntegers(1)
    let added = extents.count - input.rank
    guard added >= 0, signature.input(1).shape.rank == 1,
      zip(input.extents, extents.dropFirst(added)).allSatisfy({ $0 == 1 || $0 == $1 })
    else {
      throw OperatorError(
        .invalid, .operand(1), expected: "a shape that \(input) broadcasts to",
        found: "\(extents)")
    }
    try MovedTypes(tflm: MovedTypes.all).check(signature)
    try signature.requireOutput(shape: extents)
  }

  /// Kernels move bytes, TensorFlow Lite Micro's along one axis to five.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm || (1...5).contains(signature.outputs[0].shape.rank)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let (input, result) = (signature.input(0).shape, signature.outputs[0].shape)
    let added = result.rank - input.rank
    let axes = input.extents.enumerated().map { axis, extent in
      extent == result[added + axis] ? AxisAccess.window(axis: added + axis) : .fixed(0)
    }
    return Access([axes] + signature.unreadOperands(from: 1), signature: signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    MovementKernel(access(signature, output: 0), sources: 0..<1)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0] else { preconditionFailure("a broadcast has an input") }
    let extents = input.shape.extents
    return [
      input.moved(to: signature.outputs[0].shape) { place in
        zip(place.suffix(extents.count), extents).map { $0 % $1 }
      }
    ]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(.moved, axes: 0...3, extents: 1...4, using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard type.shape.rank <= 5 else { return nil }
    var extents = type.shape.extents.map { extent in
      extent == 1 ? Int.random(in: 1...4, using: &generator) : extent
    }
    while extents.count < 5, Int.random(in: 0..<3, using: &generator) == 0 {
      extents.insert(Int.random(in: 1...3, using: &generator), at: 0)
    }
    return Example(
      BroadcastTo(),
      Signature(
        inputs: [
          Operand(type), .integers(extents, isWide: Bool.random(using: &generator)),
        ], outputs: [type.with(extents: extents)]))
  }
}
