import FloatOracle
import Ops
import Tensor
import TestSupport
import Testing

@Suite struct AveragePool2DTests {
  private func pool(
    height: Int32, width: Int32, padding: Padding = .valid, activation: Activation = .none
  ) throws -> AveragePool2D {
    try AveragePool2D(
      AveragePool2D.builtins[0],
      options: OptionValues([
        0: .int8(padding.rawValue), 1: .int32(1), 2: .int32(1), 3: .int32(width),
        4: .int32(height), 5: .int8(activation.rawValue),
      ]))
  }

  private static func signature(
    _ input: Shape, _ output: Shape, scale: Float = 1, zeroPoint: Int32 = 0
  ) -> Signature {
    Signature(
      inputs: [Operand(Codes.type(input, scale: scale, zeroPoint: zeroPoint))],
      outputs: [Codes.type(output, scale: scale, zeroPoint: zeroPoint)])
  }

  /// 11 / 4 = 2.75, 6 / 4 = 1.5 and -6 / 4 = -1.5: to nearest, ties away from zero.
  @Test func rounds() throws {
    let signature = Self.signature(Shape(1, 2, 2, 3), Shape(1, 1, 1, 3))
    let codes: [Int32] = [1, 0, 0, 2, 1, -1, 3, 2, -2, 5, 3, -3]
    #expect(try Codes.of(pool(height: 2, width: 2), signature, codes) == [3, 2, -2])
  }

  /// SAME pads one column at the end, which does not count: 3 / 2, 8 / 2, 6 / 1.
  @Test func leavesPaddingOut() throws {
    let signature = Self.signature(Shape(1, 1, 3, 1), Shape(1, 1, 3, 1))
    let operation = try pool(height: 1, width: 2, padding: .same)
    #expect(try Codes.of(operation, signature, [1, 2, 6]) == [2, 4, 6])
  }

  /// Zero point 3 and steps of 2: 0 is code 3 and 6 is code 6.
  @Test func clamps() throws {
    let signature = Self.signature(Shape(1, 1, 3, 1), Shape(1, 1, 3, 1), scale: 2, zeroPoint: 3)
    #expect(
      try Codes.of(pool(height: 1, width: 1, activation: .relu), signature, [-9, 5, 9])
        == [3, 5, 9])
    #expect(
      try Codes.of(pool(height: 1, width: 1, activation: .relu6), signature, [-9, 5, 9])
        == [3, 5, 6])
  }

  /// 255 + 254 is 509, of which 254.5 is half: 255, which is no more than the type holds.
  @Test func takesUnsignedCodes() throws {
    let signature = Signature(
      inputs: [Operand(Codes.type(Shape(1, 1, 4, 1), zeroPoint: 128, element: .uint8))],
      outputs: [Codes.type(Shape(1, 1, 3, 1), zeroPoint: 128, element: .uint8)])
    #expect(
      try Codes.of(pool(height: 1, width: 2), signature, [255, 254, 1, 0]) == [255, 128, 1])
    #expect(
      try Codes.of(pool(height: 1, width: 2, activation: .relu), signature, [255, 254, 1, 0])
        == [255, 128, 128])
  }

  /// SAME pads one column at the end, which does not count.
  @Test func takesFloats() throws {
    let type = Floats.type(Shape(1, 1, 3, 1))
    let signature = Signature(inputs: [Operand(type)], outputs: [type])
    #expect(
      try Floats.of(pool(height: 1, width: 2, padding: .same), signature, [-1, 0.5, 8])
        == [-0.25, 4.25, 8])
    #expect(
      try Floats.of(
        pool(height: 1, width: 2, padding: .same, activation: .relu6), signature, [-1, 0.5, 8])
        == [0, 4.25, 6])
  }

  /// Scales that 6 is so nearly a number of steps and a half of that the quotient in floats is just
  /// that: the clamp is then off by half a step and the float's rounding.
  @Test func boundsTheErrorOfTheClamp() throws {
    let operation = try pool(height: 1, width: 1, activation: .relu6)
    let highest = Bytes(copying: [127] as [Int8])
    for steps in 1..<255 {
      let near = 6 / (Float(steps) + 0.5)
      for scale in [near.nextDown, near, near.nextUp] {
        let signature = Self.signature(
          Shape(1, 1, 1, 1), Shape(1, 1, 1, 1), scale: scale, zeroPoint: -128)
        let code = try Codes.of(operation, signature, [127])[0]
        let real = OperatorOracle().expectations(
          of: operation, signature: signature, operands: [highest])[0]
        #expect(abs(Double(code) - real.steps[0]) <= real.bound, "\(scale)")
      }
    }
  }

  @Test func countsNoMACs() throws {
    let operation = try pool(height: 2, width: 2)
    #expect(
      operation.macs(
        Self.accepted, operation.access(Self.accepted, output: 0), output: 0,
        over: Region(whole: Shape(1, 2, 2, 2)),
        reduce: Region(whole: Shape(1, 3, 3, 2))) == 0)
  }

  static let accepted = signature(Shape(1, 3, 3, 2), Shape(1, 2, 2, 2))

  @Test(arguments: Refusal.pooling) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: pool(height: 2, width: 2), Self.accepted)
  }

  @Test(arguments: [0, -1, 2049] as [Int32]) func refusesWindows(_ size: Int32) {
    #expect(throws: OptionError.self) { try pool(height: size, width: 1) }
    #expect(throws: OptionError.self) { try pool(height: 1, width: size) }
  }

  @Test func drawsEdges() { GeneratorCoverage.expect(AveragePool2D.self, .pooling) }
}
