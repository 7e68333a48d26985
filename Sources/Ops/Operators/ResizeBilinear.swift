package import Tensor

/// RESIZE_BILINEAR: a map of other extents, each pixel interpolated between the four around its place.
///
/// Operand 1 states the rows and columns. Codes of int8 and int16 are interpolated in whole numbers, with
/// places of 1/1024 of a pixel; uint8 and float32 in single precision.
package struct ResizeBilinear: Operator {
  package static let builtins = [
    Builtin("RESIZE_BILINEAR", 23, options: 15, versions: [.int8: 2, .int16: 4])
  ]

  private static let elements: [ElementType] = [.int8, .uint8, .int16, .float32]
  private static let types = MovedTypes(tflm: [.int8, .float32], litert: Set(elements))

  private let attributes: ResizeAttributes

  init(_ attributes: ResizeAttributes) { self.attributes = attributes }

  /// The first two slots are not in use any more.
  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(try ResizeAttributes(options, slot: 2))
    guard !attributes.alignsCorners || !attributes.centersPixels else {
      throw OptionError(slot: 3, expected: "aligned corners or centered pixels, not both")
    }
  }

  package var options: OptionValues { attributes.options(slot: 2) }

  package func version(_ signature: Signature) -> Int {
    max(attributes.centersPixels ? 3 : 1, builtin.version(for: signature.input(0).element))
  }

  /// What places are computed with.
  private func arithmetic(_ signature: Signature) -> Resampling.Arithmetic {
    [.int8, .int16].contains(signature.input(0).element) ? .fixed : .single
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    let count = signature.inputs.count
    try signature.requireCounts(inputs: max(count, 1)...max(count, 1), required: 1)
    try attributes.check(signature, Self.types, arithmetic(signature))
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    Self.types.has(signature.input(0).element, by: profile)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    attributes.access(signature, arithmetic(signature))
  }

  package func microMemory(_ signature: Signature) -> MicroMemory { MicroMemory(attributes: 2) }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let axes = (1...2).map { attributes.resampling(signature, $0, arithmetic(signature)) }
    return switch signature.input(0).element {
    case .int8:
      SpecializedKernel(InterpolationKernel(axes[0], axes[1], CodeInterpolation<Int8>.init))
    case .int16:
      SpecializedKernel(InterpolationKernel(axes[0], axes[1], CodeInterpolation<Int16>.init))
    case .uint8: SpecializedKernel(InterpolationKernel(axes[0], axes[1], ByteInterpolation.init))
    default: SpecializedKernel(InterpolationKernel(axes[0], axes[1], FloatInterpolation.init))
    }
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0] else { preconditionFailure("a map is resized") }
    let output = signature.outputs[0].shape
    return [
      RealTensor(
        output,
        (0..<output.count).map { index in
          let pixel = output.coordinate(at: index)
          let (row, column) = (
            place(pixel[1], from: input.shape[1], to: output[1]),
            place(pixel[2], from: input.shape[2], to: output[2])
          )
          func value(_ y: Int, _ x: Int) -> Double {
            input.values[input.shape.index(of: [pixel[0], y, x, pixel[3]])]
          }
          let left = between(
            value(row.first, column.first), value(row.last, column.first), row.part)
          let right = between(value(row.first, column.last), value(row.last, column.last), row.part)
          return between(left, right, column.part)
        })
    ]
  }

  private func between(_ x: Double, _ y: Double, _ part: Double) -> Double {
    x == y ? x : x * (1 - part) + y * part
  }

  /// The coordinates around the place of `output`, and how far it is from the first to the last.
  private func place(
    _ output: Int, from inputs: Int, to outputs: Int
  ) -> (first: Int, last: Int, part: Double) {
    var place = Double(output) * Double(inputs) / Double(outputs)
    if attributes.alignsCorners && outputs > 1 {
      place = Double(output) * Double(inputs - 1) / Double(outputs - 1)
    }
    if attributes.centersPixels {
      place = (Double(output) + 0.5) * Double(inputs) / Double(outputs) - 0.5
    }
    place = min(max(place, 0), Double(inputs - 1))
    let first = place.rounded(.down)
    return (Int(first), min(Int(first) + 1, inputs - 1), place - first)
  }

  /// A place that is off by some part of a pixel is off by as much of the widest step in the operand, along
  /// both axes.
  ///
  /// Codes of whole numbers: the scale is rounded to 1/2048 and counts as often as there are results, the
  /// half pixel before is rounded twice. Else: four roundings of at most the largest place to 2^-24, and
  /// about as many of each weight and sum. Codes are rounded once more.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    guard let input = inputs[0], let least = input.values.min(), let most = input.values.max()
    else {
      return 0
    }
    let (from, to, type) = (input.shape, signature.outputs[0].shape, signature.outputs[0])
    let isFixed = arithmetic(signature) == .fixed
    let places =
      isFixed
      ? Double(to[1] + to[2] + 4) * 0x1p-11 : Double(from[1] + from[2] + to[1] + to[2]) * 0x1p-21
    guard type.element != .float32 else {
      return (most - least) * places + input.largestMagnitude * 0x1p-20
    }
    let step = Double(type.quantization?.scales[0] ?? 1)
    return 0.5 + (most - least) / step * places + 0x1p-8
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(reading: .randomMap(elements, using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    ResizeAttributes.signature(reading: type, using: &generator).map { signature in
      Example(ResizeBilinear(.random(both: false, using: &generator)), signature)
    }
  }
}
