package import Tensor

/// TILE: copies of a tensor one behind the other along each axis.
///
/// Operand 1 states how many along each axis. Any type of element.
package struct Tile: Operator {
  /// The version is the one that LiteRT's reference kernels are registered for; they take all types.
  package static let builtins = [Builtin("TILE", 69, options: 51)]

  private static let types = MovedTypes(tflm: [])

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    let input = signature.input(0).shape
    let copies = try signature.constantIntegers(1, count: input.rank)
    // The limit keeps extents inside an Int.
    guard copies.allSatisfy({ (0...Int(Int32.max)).contains($0) }) else {
      throw OperatorError(
        .invalid, .operand(1), expected: "numbers of copies", found: "\(copies)")
    }
    try Self.types.check(signature)
    try signature.requireOutput(shape: zip(input.extents, copies).map { $0 &* $1 })
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    Self.types.has(signature.input(0).element, by: profile)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let input = signature.input(0).shape
    let axes = input.extents.enumerated().map { axis, extent -> AxisAccess in
      if extent == signature.outputs[0].shape[axis] { return .window(axis: axis) }
      return extent <= 1 ? .fixed(0) : .mapped(axis: axis, .repeated(period: extent))
    }
    return Access([axes] + signature.unreadOperands(from: 1), signature: signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    MovementKernel(access(signature, output: 0), sources: 0..<1)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0] else { preconditionFailure("copies have an input") }
    return [
      input.moved(to: signature.outputs[0].shape) { place in
        zip(place, input.shape.extents).map { $0 % $1 }
      }
    ]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(.moved, axes: 0...4, extents: 1...4, using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard type.shape.rank <= 5 else { return nil }
    var room = 16
    let copies = type.shape.extents.map { _ in
      let copies = Int.random(in: 1...min(3, room), using: &generator)
      room /= copies
      return copies
    }
    return Example(
      Tile(),
      Signature(
        inputs: [
          Operand(type), .integers(copies, isWide: Bool.random(using: &generator)),
        ], outputs: [type.with(extents: zip(type.shape.extents, copies).map { $0 * $1 })]))
  }
}
