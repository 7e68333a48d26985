import FloatOracle
import Ops
import Tensor
import TestSupport
import Testing

@Suite struct LogisticTests {
  private static let logistic = Logistic.builtins[0]
  private static let tanh = Logistic.builtins[1]

  private func operation(_ builtin: Builtin) throws -> Logistic {
    try Logistic(builtin, options: OptionValues())
  }

  private static func signature(
    _ builtin: Builtin, count: Int, scale: Float = 1, zeroPoint: Int32 = 0
  ) -> Signature {
    let shape = Shape(count)
    return Signature(
      inputs: [Operand(Codes.type(shape, scale: scale, zeroPoint: zeroPoint))],
      outputs: [
        builtin == logistic
          ? Codes.type(shape, scale: 1 / 256, zeroPoint: -128) : Codes.type(shape, scale: 1 / 128)
      ])
  }

  /// Steps of ln 3 around code 5: one up makes 3/4, one down 1/4, two up 9/10 and two down 1/10;
  /// in codes 192, 64, 230.4 and 25.6, less 128.
  @Test(arguments: Profile.all) func squashes(_ profile: Profile) throws {
    let signature = Self.signature(Self.logistic, count: 5, scale: 1.098_612_3, zeroPoint: 5)
    #expect(
      try Codes.of(operation(Self.logistic), signature, [5, 6, 4, 7, 3], profile: profile)
        == [0, 64, -64, 102, -102])
  }

  /// The same of unsigned codes, in either profile by the table.
  @Test(arguments: Profile.all) func takesUnsignedCodes(_ profile: Profile) throws {
    let input = Codes.type(Shape(5), scale: 1.098_612_3, zeroPoint: 5, element: .uint8)
    let output = Codes.type(Shape(5), scale: 1 / 256, element: .uint8)
    let signature = Signature(inputs: [Operand(input)], outputs: [output])
    #expect(
      try Codes.of(operation(Self.logistic), signature, [5, 6, 4, 7, 3], profile: profile)
        == [128, 192, 64, 230, 26])
  }

  /// Steps of ln 3 / 2: tanh is (3 - 1) / (3 + 1), then 8/10 and 26/28; in codes 64, 102.4, 118.9.
  @Test(arguments: Profile.all) func squashesToBothSides(_ profile: Profile) throws {
    let signature = Self.signature(Self.tanh, count: 7, scale: 0.549_306_15)
    #expect(
      try Codes.of(operation(Self.tanh), signature, [0, 1, -1, 2, -2, 3, -3], profile: profile)
        == [0, 64, -64, 102, -102, 119, -119])
  }

  /// The limits are 256 - 128, of which 127 is the nearest code, and -128; no operand is too large,
  /// not even one beyond the four integer bits of the fixed point.
  @Test(arguments: Profile.all, Logistic.builtins)
  func saturates(_ profile: Profile, _ builtin: Builtin) throws {
    for (scale, code) in [(0.125, 127), (1, 15), (1, 16), (7.9, 2), (7.9, 127)] as [(Float, Int32)]
    {
      let signature = Self.signature(builtin, count: 2, scale: scale)
      #expect(
        try Codes.of(operation(builtin), signature, [code, -code], profile: profile)
          == [127, -128], "\(scale), \(code)")
    }
  }

  /// Operands next to a tie, where one profile is off by the last bit of its floats, the other by
  /// that of its fixed point.
  ///
  /// 256 / (1 + exp(-83 * 0.05155)) - 128 is 124.500006, and at 85 steps of 0.02491 it is
  /// 100.499993: 125 and 100, as the fixed point has it. At 73 steps of 0.03756 it is 112.5000001,
  /// as in floats.
  @Test(
    arguments: [
      (0.05155, 83, 125, 124), (0.02491, 85, 100, 101), (0.03756, 73, 112, 113),
      (0.03756, -73, -112, -113),
    ] as [(Float, Int32, Int32, Int32)])
  func logisticFollowsTheProfile(_ scale: Float, _ code: Int32, _ tflm: Int32, _ litert: Int32)
    throws
  {
    let signature = Self.signature(Self.logistic, count: 1, scale: scale)
    let operation = try operation(Self.logistic)
    #expect(try Codes.of(operation, signature, [code], profile: .tflm) == [tflm])
    #expect(try Codes.of(operation, signature, [code], profile: .litert) == [litert])
  }

  /// tanh(73 * 0.01878) * 128 is 112.5000001, which the fixed point does not see.
  @Test func tanhFollowsTheProfile() throws {
    let signature = Self.signature(Self.tanh, count: 2, scale: 0.01878)
    let operation = try operation(Self.tanh)
    #expect(try Codes.of(operation, signature, [73, -73], profile: .tflm) == [112, -112])
    #expect(try Codes.of(operation, signature, [73, -73], profile: .litert) == [113, -113])
  }

  /// Steps of 4 are 1/2 of 2^3, and the fixed point takes its limit for 15 / 2^3 of them, which is
  /// one in whole steps: 4 is beyond it, where the function is 0.98201 and the code 123.4.
  @Test func cutsCoarseStepsShort() throws {
    let signature = Self.signature(Self.logistic, count: 3, scale: 4)
    let operation = try operation(Self.logistic)
    #expect(try Codes.of(operation, signature, [1, -1, 0], profile: .litert) == [123, -123, 0])
    #expect(try Codes.of(operation, signature, [1, -1, 0], profile: .tflm) == [127, -128, 0])
  }

  /// Every code, in steps from fine to coarse.
  @Test(arguments: Profile.all, Logistic.builtins)
  func boundsTheError(_ profile: Profile, _ builtin: Builtin) throws {
    let codes = Array(-128...127 as ClosedRange<Int32>)
    for scale in [0x1p-26, 0.01, 0.5, 0.99, 1, 1.5, 2, 3, 4, 5, 7.9] as [Float] {
      let signature = Self.signature(builtin, count: codes.count, scale: scale)
      let operation = try operation(builtin)
      let results = try Codes.of(operation, signature, codes, profile: profile)
      let real = OperatorOracle().expectations(
        of: operation, signature: signature, operands: [ElementType.int8.bytes(of: codes)])[0]
      let worst = zip(results, real.steps).map { abs(Double($0) - $1) }.max() ?? 0
      #expect(worst <= real.bound, "\(scale)")
    }
  }

  /// ln 3 makes 3/4, half of it 1/2; exp(100) is more than a float holds.
  @Test func takesFloats() throws {
    let logThree: Float = 1.098_612_3
    let type = Floats.type(Shape(4))
    let signature = Signature(inputs: [Operand(type)], outputs: [type])
    let sigmoids = try Floats.of(
      operation(Self.logistic), signature, [0, logThree, 100, -100])
    let tangents = try Floats.of(operation(Self.tanh), signature, [0, logThree / 2, 100, -100])
    for (found, expected) in zip(sigmoids + tangents, [0.5, 0.75, 1, 0, 0, 0.5, 1, -1] as [Float]) {
      #expect(abs(found - expected) < 1e-6)
    }
  }

  /// The table has 57724 and 64357 for the sigmoids of 2 and 4, of 65536; steps of 2^-12 and 2^-11 hit entries
  /// with and without a shift.
  @Test(arguments: Profile.all, [0x1p-12, 0x1p-11] as [Float])
  func interpolatesWords(_ profile: Profile, _ scale: Float) throws {
    let two = Int32(2 / scale)
    let signature = Signature(
      inputs: [Operand(Codes.type(Shape(3), scale: scale, element: .int16))],
      outputs: [Codes.type(Shape(3), scale: 0x1p-15, element: .int16)])
    #expect(
      try Codes.of(operation(Self.logistic), signature, [two, -two, 0], profile: profile)
        == [28862, 3906, 16384])
    #expect(
      try Codes.of(operation(Self.tanh), signature, [two, -two, 0], profile: profile)
        == [31589, -31589, 0])
  }

  /// Every 7th code, next to a power of two and far from one.
  @Test(arguments: Logistic.builtins) func boundsTheErrorOfWords(_ builtin: Builtin) throws {
    let codes = Array(stride(from: -32768, through: 32767, by: 7)).map { Int32($0) }
    let shape = Shape(codes.count)
    for scale in [0x1p-12, 0x1p-11, 0x1.001p-12, 0.001, 0.1, 2.6, 0x1p-20] as [Float] {
      let signature = Signature(
        inputs: [Operand(Codes.type(shape, scale: scale, element: .int16))],
        outputs: [Codes.type(shape, scale: 0x1p-15, element: .int16)])
      let operation = try operation(builtin)
      let results = try Codes.of(operation, signature, codes)
      let real = OperatorOracle().expectations(
        of: operation, signature: signature, operands: [ElementType.int16.bytes(of: codes)])[0]
      let worst = zip(results, real.steps).map { abs(Double($0) - $1) }.max() ?? 0
      #expect(worst <= real.bound, "\(scale)")
    }
  }

  static let refusals =
    Refusal.elementwise + [
      Refusal("another result scale", .unsupported, .output(0)) {
        $0.outputs[0].quantization = Quantization(scale: 1 / 255, zeroPoint: -128)
      },
      Refusal("another result zero point", .unsupported, .output(0)) {
        $0.outputs[0].quantization = Quantization(scale: 1 / 256, zeroPoint: 0)
      },
      Refusal("a scale of 2^-27", .unsupported, .operand(0)) {
        $0.inputs[0]?.type.quantization = Quantization(scale: 0x1p-27, zeroPoint: 0)
      },
      Refusal("a scale of 8", .unsupported, .operand(0)) {
        $0.inputs[0]?.type.quantization = Quantization(scale: 8, zeroPoint: 0)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: operation(Self.logistic), Self.signature(Self.logistic, count: 3))
  }

  /// The result of the one is none of the other.
  @Test func refusesTheOthersResult() throws {
    let signature = Self.signature(Self.logistic, count: 3)
    #expect(try Codes.refusal(of: operation(Self.tanh), signature)?.subject == .output(0))
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Logistic.self, .extents, .operandZeroPoints, .saturation, .elements,
      [.finerResult, .int16])
  }
}
