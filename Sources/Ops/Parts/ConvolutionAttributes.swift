internal import Tensor

/// The attributes that CONV_2D and DEPTHWISE_CONV_2D share.
package struct ConvolutionAttributes: Hashable, Sendable {
  /// Input rows between neighbouring output rows.
  package let strideHeight: Int
  /// Input columns between neighbouring output columns.
  package let strideWidth: Int
  /// Input rows between neighbouring taps.
  package let dilationHeight: Int
  /// Input columns between neighbouring taps.
  package let dilationWidth: Int
  /// How far windows reach past the edge.
  package let padding: Padding
  /// The range that results are clamped to.
  package let activation: Activation

  /// Where the fields stand in an options table of the schema.
  package struct Slots: Sendable {
    let activation: Int
    let dilation: Int

    /// The slots of `Conv2DOptions`.
    package static let conv2D = Slots(activation: 3, dilation: 4)
    /// The slots of `DepthwiseConv2DOptions`, where slot 3 is a depth multiplier that the shapes
    /// imply.
    package static let depthwise = Slots(activation: 4, dilation: 5)
  }
}

extension ConvolutionAttributes {
  init(_ options: some OptionTable, slots: Slots) throws(OptionError) {
    padding = try Padding(options, slot: 0)
    strideWidth = try Self.positive(options, slot: 1, default: 0)
    strideHeight = try Self.positive(options, slot: 2, default: 0)
    activation = try Activation(options, slot: slots.activation)
    dilationWidth = try Self.positive(options, slot: slots.dilation, default: 1)
    dilationHeight = try Self.positive(options, slot: slots.dilation + 1, default: 1)
  }

  /// A stride or dilation.
  static func positive(
    _ options: some OptionTable, slot: Int, default absent: Int32
  ) throws(OptionError) -> Int {
    let value = try options.int32(slot, default: absent)
    // The limit keeps products with extents (at most 2^48) inside an Int.
    guard (1...1 << 14).contains(value) else {
      throw OptionError(slot: slot, expected: "a stride or dilation in 1...16384, not \(value)")
    }
    return Int(value)
  }

  func options(_ slots: Slots) -> OptionValues {
    OptionValues([
      0: .int8(padding.rawValue), 1: .int32(Int32(strideWidth)), 2: .int32(Int32(strideHeight)),
      slots.activation: .int8(activation.rawValue),
      slots.dilation: .int32(Int32(dilationWidth)),
      slots.dilation + 1: .int32(Int32(dilationHeight)),
    ])
  }

  /// Throws unless operands 0 and 1 are a feature map and a filter of four axes; returns the
  /// filter's extents.
  func check(_ signature: Signature) throws(OperatorError) -> Shape {
    try signature.requireCounts(inputs: 2...3, required: 2)
    try signature.requireElement(operand: 0, [.int8, .uint8, .int16, .float32])
    try signature.requireElement(output: 0, [signature.input(0).element])
    try signature.requireRank(operand: 0, 4)
    try signature.requireRank(operand: 1, 4)
    return signature.input(1).shape
  }

  func checkOutput(_ signature: Signature, channels: Int) throws(OperatorError) {
    let (input, filter) = (signature.input(0).shape, signature.input(1).shape)
    let height = padding.outputExtent(
      extent: input[1], size: filter[1], stride: strideHeight, dilation: dilationHeight)
    let width = padding.outputExtent(
      extent: input[2], size: filter[2], stride: strideWidth, dilation: dilationWidth)
    try signature.requireOutput(shape: [input[0], height, width, channels])
  }

  func window(_ signature: Signature) -> Window2D {
    let (input, filter) = (signature.input(0).shape, signature.input(1).shape)
    return Window2D(
      height: Window(
        size: filter[1], stride: strideHeight, dilation: dilationHeight, padding: padding,
        extent: input[1]),
      width: Window(
        size: filter[2], stride: strideWidth, dilation: dilationWidth, padding: padding,
        extent: input[2]))
  }
}
