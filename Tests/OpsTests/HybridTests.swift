import Ops
import Tensor
import TestSupport
import Testing

/// Floats times weights of int8, in the three operators that take them.
@Suite struct HybridTests {
  private func layer(isAsymmetric: Bool = false) throws -> FullyConnected {
    try FullyConnected(
      FullyConnected.builtins[0], options: OptionValues([3: .bool(isAsymmetric)]))
  }

  private func convolution(padding: Padding = .valid) throws -> Conv2D {
    try Conv2D(
      Conv2D.builtins[0],
      options: OptionValues([0: .int8(padding.rawValue), 1: .int32(1), 2: .int32(1)]))
  }

  private func depthwise() throws -> DepthwiseConv2D {
    try DepthwiseConv2D(
      DepthwiseConv2D.builtins[0],
      options: OptionValues([0: .int8(1), 1: .int32(1), 2: .int32(1)]))
  }

  private static func signature(
    _ input: Shape, _ weights: Operand, bias: [Float]? = nil, output: Shape
  ) -> Signature {
    Signature(
      inputs: [
        Operand(Floats.type(input)), weights, bias.map { Floats.constant(Shape($0.count), $0) },
      ], outputs: [Floats.type(output)])
  }

  /// The largest magnitudes are 127 and 254, so that steps are 1 and 2.
  ///
  /// Codes 127, -2, 0 and 4, and 127, 0, 0 and 1, by (1, 10, 100, 1) in steps of 1/2, plus 0.25.
  @Test func givesEachRowItsCodes() throws {
    let signature = Self.signature(
      Shape(2, 4), Codes.weights(Shape(1, 4), [1, 10, 100, 1], scales: [0.5]), bias: [0.25],
      output: Shape(2, 1))
    let rows: [Float] = [127, -2, 0.4, 3.6, 254, 0.9, -0.9, 1]
    #expect(try Floats.of(layer(), signature, rows) == [55.75, 128.25])
  }

  /// A row of zeros leaves the bias, among others and alone.
  @Test(arguments: [false, true]) func takesZeros(isAsymmetric: Bool) throws {
    let signature = Self.signature(
      Shape(2, 1), Codes.weights(Shape(2, 1), [3, -5]), bias: [0.25, -8], output: Shape(2, 2))
    let operation = try layer(isAsymmetric: isAsymmetric)
    #expect(try Floats.of(operation, signature, [0, 0]) == [0.25, -8, 0.25, -8])
    #expect(try Floats.of(operation, signature, [0, 127])[..<2] == [0.25, -8])
  }

  /// Ties go away from zero in a vector of 8 numbers and in the rest.
  ///
  /// The vector adds half of 1 to the float before that, which makes 1; the ninth number is rounded to 0.
  @Test func roundsVectorsAndTheRest() throws {
    let weights: [Int32] = [0, 1, 0, 0, 0, 0, 0, 0, 10]
    let signature = Self.signature(
      Shape(1, 9), Codes.weights(Shape(1, 9), weights), output: Shape(1, 1))
    func result(_ x: Float) throws -> [Float] {
      try Floats.of(layer(), signature, [127, x, 0, 0, 0, 0, 0, 0, x])
    }
    #expect(try result(Float(0.5).nextDown) == [1])
    #expect(try result(-Float(0.5).nextDown) == [-1])
    #expect(try result(2.5) == [33])
    #expect(try result(-2.5) == [-33])
  }

  /// Steps of 1 from 0 to 255, and from -255 to 0: 255 + 100 + 1.
  ///
  /// Symmetric steps are of 255/127: codes 127, 50 and 0.
  @Test func usesAllCodesOfOneSign() throws {
    let signature = Self.signature(
      Shape(2, 4), Codes.weights(Shape(1, 4), [1, 1, 1, 1]), output: Shape(2, 1))
    let rows: [Float] = [0, 255, 100.4, 0.5, 0, -255, -100.4, -0.5]
    #expect(try Floats.of(layer(isAsymmetric: true), signature, rows) == [356, -356])
    let symmetric = 177 * (255 / 127 as Float)
    #expect(try Floats.of(layer(), signature, rows) == [symmetric, -symmetric])
  }

  /// -63.5 to 191.5 in steps of 1: the zero point, between -64 and -65, is -65, so that the least number,
  /// which rounds to -64, is left with -63.
  @Test func placesZeroBetween() throws {
    let signature = Self.signature(
      Shape(1, 3), Codes.weights(Shape(3, 3), [1, 0, 0, 0, 1, 0, 0, 0, 1]), output: Shape(1, 3))
    #expect(
      try Floats.of(layer(isAsymmetric: true), signature, [-63.5, 191.5, 0.75]) == [-63, 192, 1])
  }

  /// Codes 127, 2 and -3 of an image that padding follows: 254 + 20, 4 - 30 and -6, plus 0.5.
  ///
  /// The last two pixels have the steps of the whole image.
  @Test func givesAnImageItsCodes() throws {
    let signature = Self.signature(
      Shape(1, 1, 3, 1), Codes.weights(Shape(1, 1, 2, 1), [2, 10]), bias: [0.5],
      output: Shape(1, 1, 3, 1))
    #expect(
      try Floats.of(convolution(padding: .same), signature, [127, 2.4, -3.4])
        == [274.5, -25.5, -5.5])
  }

  /// Codes 3 and 255 in steps of 10/255: with several scales CONV_2D multiplies the sum by the channel's
  /// first, DEPTHWISE_CONV_2D both scales.
  @Test func multipliesScalesInOrder() throws {
    let (step, image) = (Float(10.0 / 255), [0.1176, 10] as [Float])
    let shape = Shape(1, 1, 1, 2)
    let filters = Codes.weights(Shape(2, 1, 1, 2), [1, 0, 0, 1], scales: [0.3, 0.5])
    let dense = Self.signature(shape, filters, bias: [0, 0], output: shape)
    #expect(
      try Floats.of(convolution(), dense, image) == [3 * 0.3 * step, 255 * 0.5 * step])
    let sparse = Self.signature(
      shape, Codes.weights(shape, [1, 1], scales: [0.3, 0.5], axis: 3), output: shape)
    #expect(try Floats.of(depthwise(), sparse, image) == [3 * (0.3 * step), 255 * (0.5 * step)])
    #expect(3 * 0.3 * step != 3 * (0.3 * step))
  }

  /// Several scales that are equal are one: codes 127 and 1 of 127 and 0.9, where steps of 127/255 make
  /// 0.9 two of them.
  @Test func takesEqualScalesForOne() throws {
    let shape = Shape(1, 1, 1, 2)
    let filters = Codes.weights(Shape(2, 1, 1, 2), [1, 0, 0, 1], scales: [2, 2])
    let signature = Self.signature(shape, filters, bias: [0, 0], output: shape)
    #expect(try Floats.of(convolution(), signature, [127, 0.9]) == [254, 2])
  }

  /// Output channels 0 and 1 read input channel 0; each batch has steps of its own, 1 and 2.
  @Test func multipliesDepth() throws {
    let filters = Codes.weights(Shape(1, 1, 1, 4), [1, 2, 3, -4], scales: [1, 1, 1, 1], axis: 3)
    let signature = Self.signature(Shape(2, 1, 1, 2), filters, output: Shape(2, 1, 1, 4))
    #expect(
      try Floats.of(depthwise(), signature, [255, 3.4, 510, 3.4])
        == [255, 510, 9, -12, 510, 1020, 12, -16])
  }

  /// The whole row or image is read; rows, images and output channels may be cut.
  @Test func readsWholeRows() throws {
    let access = try convolution().access(Self.image, output: 0)
    #expect(access.operands[0] == [.window(axis: 0), .whole, .whole, .whole])
    #expect((0..<4).map(access.mayCut) == [true, false, false, true])
    #expect(
      try layer().access(Self.rows, output: 0).operands == [
        [.window(axis: 0), .whole], [.window(axis: 1), .whole], [.window(axis: 1)],
      ])
  }

  /// As many as of floats.
  @Test func countsMACs() throws {
    let operation = try convolution()
    let whole = Region(whole: Shape(1, 2, 2, 2))
    #expect(
      operation.macs(
        Self.image, operation.access(Self.image, output: 0), output: 0, over: whole,
        reduce: Region(whole: Shape(1, 3, 3, 2))) == 4 * 2 * 8)
    // 18 codes and a scale; for each result a sum, and what it becomes.
    #expect(operation.kernel(for: Self.image, profile: .tflm).valueCount(of: whole) == 19 + 16)
  }

  static let rows = signature(
    Shape(2, 3), Codes.weights(Shape(4, 3), [Int32](repeating: 1, count: 12)),
    bias: [1, 2, 3, 4], output: Shape(2, 4))

  static let image = signature(
    Shape(1, 3, 3, 2), Codes.weights(Shape(2, 2, 2, 2), [Int32](repeating: 1, count: 16)),
    bias: [1, 2], output: Shape(1, 2, 2, 2))

  static let refusals = [
    Refusal("weights uint8", .unsupported, .operand(1)) { $0.inputs[1]?.type.element = .uint8 },
    Refusal("weights not quantized", .invalid, .operand(1)) {
      $0.inputs[1]?.type.quantization = nil
    },
    Refusal("weights around zero point 1", .unsupported, .operand(1)) {
      $0.inputs[1]?.type.quantization = Quantization(scale: 1, zeroPoint: 1)
    },
    Refusal("a weight of -128", .unsupported, .operand(1)) {
      guard var codes = $0.inputs[1]?.constant?.elements(of: Int8.self) else { return }
      codes[codes.count - 1] = -128
      $0.inputs[1]?.constant = Bytes(copying: codes)
    },
    Refusal("bias int32", .invalid, .operand(2)) { $0.inputs[2]?.type.element = .int32 },
    Refusal("result int8", .unsupported, .output(0)) { $0.outputs[0].element = .int8 },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: layer(), Self.rows)
    try refusal.expect(of: convolution(), Self.image)
  }

  @Test func refusesAConvolutionWithoutABias() throws {
    let refusal = Refusal("no bias", .unsupported, .operand(2)) { $0.inputs[2] = nil }
    try refusal.expect(of: convolution(), Self.image)
  }

  /// Where scales differ, sums are exact whatever the weights.
  @Test func takesMinus128InChannels() throws {
    let filters = Codes.weights(Shape(2, 1, 1, 1), [-128, 1], scales: [1, 2])
    let signature = Self.signature(
      Shape(1, 1, 1, 1), filters, bias: [0, 0], output: Shape(1, 1, 1, 2))
    #expect(try Floats.of(convolution(), signature, [-255]) == [128 * 255, -2 * 255])
  }

  @Test func refusesOneScaleOfSeveralChannels() throws {
    let accepted = Self.signature(
      Shape(1, 1, 1, 2), Codes.weights(Shape(1, 1, 1, 2), [1, 1], scales: [1, 1], axis: 3),
      output: Shape(1, 1, 1, 2))
    try Refusal("one scale", .unsupported, .operand(1)) {
      $0.inputs[1]?.type.quantization = Quantization(scale: 1, zeroPoint: 0)
    }.expect(of: depthwise(), accepted)
  }

  /// 258 weights of 127 to each of the eight sums pass no 16 bits, one more does.
  @Test func refusesSumsOfWeightsThatWrap() throws {
    func refusal(of width: Int, isAsymmetric: Bool) throws -> OperatorError? {
      let weights = Codes.weights(Shape(1, width), [Int32](repeating: 127, count: width))
      return try Codes.refusal(
        of: layer(isAsymmetric: isAsymmetric),
        Self.signature(Shape(1, width), weights, output: Shape(1, 1)))
    }
    #expect(try refusal(of: 2064, isAsymmetric: true) == nil)
    #expect(try refusal(of: 2071, isAsymmetric: true) == nil)
    #expect(try refusal(of: 2072, isAsymmetric: true)?.subject == .operand(1))
    #expect(try refusal(of: 2072, isAsymmetric: false) == nil)
  }

  /// Channels of equal weights differ by their number.
  @Test func tellsChannelsApart() throws {
    let signature = Self.signature(
      Shape(1, 2), Codes.weights(Shape(2, 2), [3, 4, 3, 4]), output: Shape(1, 2))
    let kernel = try layer().kernel(for: signature, profile: .litert)
    var (row, results) = ([UInt64](repeating: 0, count: 8), [UInt64](repeating: 0, count: 8))
    for cell in row.indices { row[cell] = UInt64(5 + cell / 4) | UInt64(cell % 4) << 61 }
    row.withUnsafeMutableBytes { row in
      results.withUnsafeMutableBytes { results in
        guard let input = row.baseAddress, let output = results.baseAddress else { return }
        func view(_ base: UnsafeMutableRawPointer) -> TensorView {
          let whole = Region(whole: Shape(1, 2))
          return TensorView(
            cells: Cells(base: base, element: .float32, isConstant: false), region: whole,
            axes: AxisMap.rowMajor(whole))
        }
        let whole = Region(whole: Shape(1, 2))
        kernel.compute(
          KernelCall(inputs: [view(input), nil, nil], region: whole, reduce: whole),
          into: view(output), on: .field(FieldKey(7)))
      }
    }
    #expect(results[0] != results[4])
    #expect(results[0] < 1 << 61 && results[4] < 1 << 61)
  }

  @Test func drawsBoth() {
    GeneratorCoverage.expect(FullyConnected.self, [.hybridPerTensor, .hybridPerChannel])
    GeneratorCoverage.expect(Conv2D.self, [.hybridPerTensor, .hybridPerChannel])
    GeneratorCoverage.expect(DepthwiseConv2D.self, [.hybridPerChannel])
  }
}
