internal import Tensor

/// The attributes of the pooling operators.
package struct PoolingAttributes: Hashable, Sendable {
  /// How far windows reach past the edge.
  package let padding: Padding
  /// Input rows between neighbouring output rows.
  package let strideHeight: Int
  /// Input columns between neighbouring output columns.
  package let strideWidth: Int
  /// Rows of the window.
  package let height: Int
  /// Columns of the window.
  package let width: Int
  /// The range that results are clamped to.
  package let activation: Activation
}

extension PoolingAttributes {
  init(_ options: some OptionTable) throws(OptionError) {
    func positive(_ slot: Int) throws(OptionError) -> Int {
      let value = try options.int32(slot, default: 0)
      // The limit keeps the taps of a window, and their sum, inside 32 bits.
      guard (1...1 << 11).contains(value) else {
        throw OptionError(slot: slot, expected: "a window or stride in 1...2048, not \(value)")
      }
      return Int(value)
    }
    padding = try Padding(options, slot: 0)
    strideWidth = try positive(1)
    strideHeight = try positive(2)
    width = try positive(3)
    height = try positive(4)
    activation = try Activation(options, slot: 5)
  }

  var options: OptionValues {
    OptionValues([
      0: .int8(padding.rawValue), 1: .int32(Int32(strideWidth)), 2: .int32(Int32(strideHeight)),
      3: .int32(Int32(width)), 4: .int32(Int32(height)), 5: .int8(activation.rawValue),
    ])
  }

  func check(_ signature: Signature, _ elements: [ElementType]) throws(OperatorError) {
    try signature.requireCounts(inputs: 1...1, required: 1)
    try signature.requireElement(operand: 0, elements)
    try signature.requireElement(output: 0, [signature.input(0).element])
    if signature.input(0).element != .float32 { try signature.requireSameQuantization() }
    try signature.requireRank(operand: 0, 4)
    let input = signature.input(0).shape
    try signature.requireOutput(shape: [
      input[0],
      padding.outputExtent(extent: input[1], size: height, stride: strideHeight, dilation: 1),
      padding.outputExtent(extent: input[2], size: width, stride: strideWidth, dilation: 1),
      input[3],
    ])
  }

  /// Whether the implementation has a kernel for the types, and the clamp fits 32 bits: both go on where it does
  /// not, with one that is not defined.
  func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    let output = signature.outputs[0]
    if profile == .tflm && output.element == .uint8 { return false }
    guard output.element != .float32, let scale = output.quantization?.scales[0] else {
      return true
    }
    let range = activation.realRange
    return [range.lowerBound, range.upperBound].allSatisfy {
      !$0.isFinite || abs(Float($0) / scale) < 0x1p31
    }
  }

  func access(_ signature: Signature) -> Access {
    let window = window(signature)
    return Access(
      [
        [
          .window(axis: 0), window.height.access(axis: 1), window.width.access(axis: 2),
          .window(axis: 3),
        ]
      ], signature: signature)
  }

  func window(_ signature: Signature) -> Window2D {
    let input = signature.input(0).shape
    return Window2D(
      height: Window(
        size: height, stride: strideHeight, dilation: 1, padding: padding, extent: input[1]),
      width: Window(
        size: width, stride: strideWidth, dilation: 1, padding: padding, extent: input[2]))
  }

  /// A random pooling of a map; `nil` of what is none.
  static func random(
    _ make: (PoolingAttributes) -> some Operator, reading type: TensorType,
    using generator: inout SplitMix64
  ) -> Example? {
    let input = type.shape
    guard input.rank == 4 else { return nil }
    let padding = Padding.allCases.randomElement(using: &generator) ?? .same
    func window(_ extent: Int) -> Int {
      Int.random(in: 1...(padding == .same ? 4 : min(8, extent)), using: &generator)
    }
    let attributes = PoolingAttributes(
      padding: padding, strideHeight: Int.random(in: 1...3, using: &generator),
      strideWidth: Int.random(in: 1...3, using: &generator), height: window(input[1]),
      width: window(input[2]),
      activation: Activation.allCases.randomElement(using: &generator) ?? .none)
    var output = type
    output.shape = Shape(
      input[0],
      padding.outputExtent(
        extent: input[1], size: attributes.height, stride: attributes.strideHeight, dilation: 1),
      padding.outputExtent(
        extent: input[2], size: attributes.width, stride: attributes.strideWidth, dilation: 1),
      input[3])
    return Example(make(attributes), Signature(inputs: [Operand(type)], outputs: [output]))
  }
}
