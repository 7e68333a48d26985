import Ops
import Tensor
import TestSupport
import Testing

@Suite struct SumTests {
  private func operation(_ name: Int = 1) throws -> Mean {
    try Mean(Mean.builtins[name], options: OptionValues())
  }

  private static func signature(_ input: TensorType, _ axes: [Int32], _ output: TensorType)
    -> Signature
  {
    Signature(inputs: [Operand(input), Codes.integers(axes)], outputs: [output])
  }

  /// Around 1, in steps of 1/2: 0 + 1/2 + 1 and -3/2 + 1/2 + 4, in steps of 1.
  @Test(arguments: [.int8, .int16] as [ElementType]) func sumsCodes(_ element: ElementType) throws {
    let signature = Self.signature(
      Codes.type(Shape(2, 3), scale: 0.5, zeroPoint: 1, element: element), [1],
      Codes.type(Shape(2), zeroPoint: -2, element: element))
    #expect(try Codes.of(operation(), signature, [1, 2, 3, -2, 2, 9]) == [0, 1])
  }

  /// The high multiply rounds halves upward: 3/2 and 3.
  @Test func rescales() throws {
    let signature = Self.signature(
      Codes.type(Shape(2, 2)), [-1], Codes.type(Shape(2), scale: 2))
    #expect(try Codes.of(operation(), signature, [1, 2, 4, 2]) == [2, 3])
  }

  @Test func wrapsIntegers() throws {
    let signature = Self.signature(
      TensorType(.int32, Shape(2, 2)), [1], TensorType(.int32, Shape(2)))
    #expect(
      try Codes.of(operation(), signature, [.max, 1, -5, 2]) == [.min, -3])
  }

  /// Of integers the mean is that of the whole sum, truncated.
  @Test func truncatesMeans() throws {
    let signature = Self.signature(
      TensorType(.int32, Shape(3, 2)), [1], TensorType(.int32, Shape(3)))
    #expect(
      try Codes.of(operation(0), signature, [.max, .max, -5, 2, 4, 5]) == [.max, -1, 4])
  }

  /// Of all axes, LiteRT starts from the first element.
  @Test func sumsMinusZeros() throws {
    let signature = Self.signature(Floats.type(Shape(2)), [0], Floats.type(Shape()))
    let zeros = Bytes(copying: [-0.0, -0.0] as [Float])
    for (profile, sign) in [(Profile.tflm, FloatingPointSign.plus), (.litert, .minus)] {
      let result = try Codes.result(
        of: operation(), signature, [zeros], profile: profile
      ).elements(of: Float.self)
      #expect(result[0].sign == sign)
    }
  }

  @Test func knowsItsImplementations() throws {
    for (element, tflm, litert) in [
      (.int8, true, false), (.int16, true, false), (.uint8, false, true), (.int32, false, true),
      (.float32, true, true),
    ] as [(ElementType, Bool, Bool)] {
      let type =
        element == .int32 || element == .float32
        ? TensorType(element, Shape(2)) : Codes.type(Shape(2), element: element)
      let signature = Self.signature(type, [], type)
      #expect(try operation().isImplemented(signature, by: .tflm) == tflm)
      #expect(try operation().isImplemented(signature, by: .litert) == litert)
    }
  }
}
