import Ops
import Tensor
import TestSupport
import Testing

@Suite struct MaxPool2DTests {
  private func pool(
    height: Int32, width: Int32, stride: Int32 = 1, padding: Padding = .valid,
    activation: Activation = .none
  ) throws -> MaxPool2D {
    try MaxPool2D(
      MaxPool2D.builtins[0],
      options: OptionValues([
        0: .int8(padding.rawValue), 1: .int32(stride), 2: .int32(stride), 3: .int32(width),
        4: .int32(height), 5: .int8(activation.rawValue),
      ]))
  }

  private static func signature(_ input: Shape, _ output: Shape) -> Signature {
    Signature(inputs: [Operand(Codes.type(input))], outputs: [Codes.type(output)])
  }

  /// Four pixels of three channels, the largest in another pixel each.
  @Test func takesTheLargest() throws {
    let signature = Self.signature(Shape(1, 2, 2, 3), Shape(1, 1, 1, 3))
    let codes: [Int32] = [-128, 0, -5, 7, 1, -4, 3, 127, -3, 5, 3, -6]
    #expect(try Codes.of(pool(height: 2, width: 2), signature, codes) == [7, 127, -3])
  }

  /// SAME pads one column at the end, which is no 0: the largest of -5 and -7, then -7 alone.
  @Test func leavesPaddingOut() throws {
    let signature = Self.signature(Shape(1, 1, 2, 1), Shape(1, 1, 2, 1))
    let operation = try pool(height: 1, width: 2, padding: .same)
    #expect(try Codes.of(operation, signature, [-5, -7]) == [-5, -7])
  }

  /// Every third column: the element between the windows is never seen.
  @Test func stepsOverElements() throws {
    let signature = Self.signature(Shape(1, 1, 5, 1), Shape(1, 1, 2, 1))
    let operation = try pool(height: 1, width: 2, stride: 3)
    #expect(try Codes.of(operation, signature, [1, 2, 100, 4, 3]) == [2, 4])
    let access = operation.access(signature, output: 0)
    let whole = Region(whole: Shape(1, 1, 2, 1))
    #expect(access.coordinates(of: 0, for: whole)[2] == [0..<2, 3..<5])
  }

  /// Steps of 2 around 3: 0 is code 3 and 6 is code 6.
  @Test func clamps() throws {
    let type = Codes.type(Shape(1, 1, 3, 1), scale: 2, zeroPoint: 3)
    let signature = Signature(inputs: [Operand(type)], outputs: [type])
    func clamped(_ activation: Activation) throws -> [Int32] {
      try Codes.of(pool(height: 1, width: 1, activation: activation), signature, [-9, 5, 9])
    }
    #expect(try clamped(.relu) == [3, 5, 9])
    #expect(try clamped(.relu6) == [3, 5, 6])
  }

  /// 200 is not below 100, as it would be signed.
  @Test func takesUnsignedCodes() throws {
    let input = Codes.type(Shape(1, 1, 2, 1), element: .uint8)
    let signature = Signature(
      inputs: [Operand(input)], outputs: [Codes.type(Shape(1, 1, 1, 1), element: .uint8)])
    #expect(try Codes.of(pool(height: 1, width: 2), signature, [200, 100]) == [200])
  }

  /// What is no number is passed over; of nothing else the least float is left.
  @Test func takesFloats() throws {
    let signature = Signature(
      inputs: [Operand(Floats.type(Shape(1, 1, 8, 1)))],
      outputs: [Floats.type(Shape(1, 1, 4, 1))])
    let numbers: [Float] = [-0.5, -0.25, .nan, 1, 2, .nan, .nan, .nan]
    let operation = try pool(height: 1, width: 2, stride: 2)
    #expect(
      try Floats.of(operation, signature, numbers)
        == [-0.25, 1, 2, -.greatestFiniteMagnitude])
    #expect(
      try Floats.of(
        pool(height: 1, width: 2, stride: 2, activation: .relu), signature, numbers)
        == [0, 1, 2, 0])
  }

  static let accepted = signature(Shape(1, 3, 3, 2), Shape(1, 2, 2, 2))

  @Test(arguments: Refusal.pooling) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: pool(height: 2, width: 2), Self.accepted)
  }

  @Test(arguments: [0, -1, 2049] as [Int32]) func refusesWindows(_ size: Int32) {
    #expect(throws: OptionError.self) { try pool(height: size, width: 1) }
    #expect(throws: OptionError.self) { try pool(height: 1, width: size) }
    #expect(throws: OptionError.self) { try pool(height: 1, width: 1, stride: size) }
  }

  @Test func drawsEdges() { GeneratorCoverage.expect(MaxPool2D.self, .pooling) }
}
