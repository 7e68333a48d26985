import Ops
import Tensor
import TestSupport
import Testing

@Suite struct CastTests {
  private func cast() throws -> Cast { try Cast(Cast.builtins[0], options: OptionValues()) }

  private static func signature(
    _ input: ElementType, _ output: ElementType, count: Int = 1
  ) -> Signature {
    Signature(
      inputs: [Operand(TensorType(input, Shape(count)))],
      outputs: [TensorType(output, Shape(count))])
  }

  /// The codes that floats become.
  private func codes(_ floats: [Float], _ output: ElementType) throws -> [Int32] {
    try Codes.result(
      of: cast(), Self.signature(.float32, output, count: floats.count), [Bytes(copying: floats)]
    ).codes(of: output)
  }

  @Test func truncatesTowardsZero() throws {
    #expect(try codes([1.9, -1.9, 0.5, -0.5, 0], .int32) == [1, -1, 0, 0, 0])
    #expect(try codes([127.9, -128.9], .int8) == [127, -128])
  }

  /// 2^31 is one more than an int32 holds, -2^31 is the least that it does.
  @Test func clampsFloats() throws {
    #expect(
      try codes([0x1p31, -0x1p31, 1e30, -.infinity, .nan], .int32)
        == [.max, .min, .max, .min, .max])
  }

  /// 300 is 256 + 44; -129 is 127 - 256; -1 is 255 - 256.
  @Test func wrapsIntegers() throws {
    #expect(
      try Codes.of(cast(), Self.signature(.int32, .int8, count: 3), [300, -129, 128])
        == [44, 127, -128])
    #expect(try Codes.of(cast(), Self.signature(.int8, .uint8, count: 2), [-1, 5]) == [255, 5])
  }

  /// Above 2^24 floats are two apart: 2^24 + 1 and 2^24 + 3 are ties, which go to the even one.
  @Test func roundsLargeIntegers() throws {
    let base: Int32 = 1 << 24
    let signature = Self.signature(.int32, .float32, count: 3)
    let operands = [Bytes(copying: [base + 1, base + 2, base + 3])]
    #expect(
      try Codes.result(of: cast(), signature, operands).elements(of: Float.self)
        == [Float(base), Float(base + 2), Float(base + 4)])
  }

  /// Any number but 0 is true, which is 1.
  @Test func castsTruthValues() throws {
    #expect(
      try Codes.result(
        of: cast(), Self.signature(.bool, .float32, count: 2), [Bytes(copying: [2, 0] as [UInt8])]
      )
      .elements(of: Float.self) == [1, 0])
    #expect(
      try Codes.result(
        of: cast(), Self.signature(.float32, .bool, count: 3),
        [Bytes(copying: [0.5, -0.0, .nan] as [Float])]
      )
      .elements(of: UInt8.self) == [1, 0, 1])
  }

  /// 2^32 - 1 is -1 as a word with a sign; the nearest float is 2^32, the nearest half infinite.
  @Test func castsWordsWithoutSign() throws {
    let largest = Bytes(copying: [UInt32.max])
    func bits<Integer: BitwiseCopyable>(_ output: ElementType, _ type: Integer.Type) throws
      -> Integer?
    {
      try Codes.result(of: cast(), Self.signature(.uint32, output), [largest]).elements(of: type)
        .first
    }
    #expect(try bits(.int32, Int32.self) == -1)
    #expect(try bits(.int64, Int64.self) == 0xFFFF_FFFF)
    #expect(try bits(.float32, Float.self) == 0x1p32)
    #expect(try bits(.float64, Double.self) == 0x1p32 - 1)
    #expect(try bits(.float16, UInt16.self) == 0x7C00)
    #expect(try bits(.uint16, UInt16.self) == 0xFFFF)
  }

  @Test func asksForTheVersionOfItsTypes() throws {
    let cast = try cast()
    #expect(cast.version(Self.signature(.int32, .float32)) == 1)
    #expect(cast.version(Self.signature(.uint32, .float32)) == 2)
    #expect(cast.version(Self.signature(.uint32, .int8)) == 3)
    #expect(cast.version(Self.signature(.int8, .uint16)) == 4)
    #expect(cast.version(Self.signature(.uint16, .float64)) == 5)
  }

  /// 2^32 + 5 loses its upper word.
  @Test func castsLongIntegers() throws {
    let long: Int64 = 1 << 32 + 5
    #expect(
      try Codes.result(of: cast(), Self.signature(.int64, .int32), [Bytes(copying: [long])])
        .elements(of: Int32.self) == [5])
    #expect(
      try Codes.result(of: cast(), Self.signature(.int8, .int64), [Bytes(copying: [-3 as Int8])])
        .elements(of: Int64.self) == [-3])
  }

  /// Code 4 of steps of 1/2 around 3 is the number 4.
  @Test func takesCodesAsNumbers() throws {
    var signature = Self.signature(.int8, .float32)
    signature.inputs[0]?.type.quantization = Quantization(scale: 0.5, zeroPoint: 3)
    #expect(
      try Codes.result(of: cast(), signature, [Bytes(copying: [4 as Int8])])
        .elements(of: Float.self) == [4])
  }

  @Test func keepsFloats() throws {
    let numbers: [Float] = [-0.0, .infinity, 1.5]
    let kept = try Floats.of(
      cast(), Self.signature(.float32, .float32, count: numbers.count), numbers)
    #expect(kept.map(\.bitPattern) == numbers.map(\.bitPattern))
  }

  static let refusals = [
    Refusal("operand uint64", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .uint64 },
    Refusal("result uint64", .unsupported, .output(0)) { $0.outputs[0].element = .uint64 },
    Refusal("result of another shape", .invalid, .output(0)) { $0.outputs[0].shape = Shape(2) },
    Refusal("no operand", .invalid, .operands) { $0.inputs = [] },
    Refusal("two operands", .invalid, .operands) { $0.inputs.append(nil) },
    Refusal("no result", .invalid, .operands) { $0.outputs = [] },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: cast(), Self.signature(.int8, .float32))
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Cast.self, .elements, .extents, [.int16, .int32, .int64, .bool])
  }
}
