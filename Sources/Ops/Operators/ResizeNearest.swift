package import Tensor

/// RESIZE_NEAREST_NEIGHBOR: a map of other extents, each pixel the nearest one of the operand.
///
/// Operand 1 states the rows and columns. Types of elements of 8, 16 and 32 bits.
package struct ResizeNearest: Operator {
  package static let builtins = [
    Builtin("RESIZE_NEAREST_NEIGHBOR", 97, options: 74, versions: [.int8: 2, .int16: 4])
  ]

  private static let types = MovedTypes(
    tflm: [.int8, .int16, .float32], litert: MovedTypes.all.filter { $0.sizeInBytes <= 4 })

  private let attributes: ResizeAttributes

  init(_ attributes: ResizeAttributes) { self.attributes = attributes }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(try ResizeAttributes(options, slot: 0))
  }

  package var options: OptionValues { attributes.options(slot: 0) }

  package func version(_ signature: Signature) -> Int {
    let isPlaced = attributes.alignsCorners || attributes.centersPixels
    return max(isPlaced ? 3 : 1, builtin.version(for: signature.input(0).element))
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try attributes.check(signature, Self.types, .nearest)
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    Self.types.has(signature.input(0).element, by: profile)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    attributes.access(signature, .nearest)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory { MicroMemory(attributes: 2) }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    MovementKernel(access(signature, output: 0), sources: 0..<1)
  }

  /// Which pixel is the nearest one is said in single precision.
  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0] else { preconditionFailure("a map is resized") }
    let axes = (1...2).map { attributes.resampling(signature, $0, .nearest) }
    return [
      input.moved(to: signature.outputs[0].shape) { place in
        [
          place[0], axes[0].neighbours(of: place[1]).lowerBound,
          axes[1].neighbours(of: place[2]).lowerBound, place[3],
        ]
      }
    ]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .randomMap(
        [.int8, .int8, .uint8, .int16, .int32, .bool, .float32], using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    ResizeAttributes.signature(reading: type, using: &generator).map { signature in
      Example(ResizeNearest(.random(both: true, using: &generator)), signature)
    }
  }
}
