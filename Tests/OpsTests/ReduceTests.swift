import Ops
import Tensor
import TestSupport
import Testing

@Suite struct ReduceTests {
  private func operation(_ name: String, keepsAxes: Bool = false) throws -> Reduce {
    let builtin = try #require(Reduce.builtins.first { $0.name == name })
    return try Reduce(builtin, options: OptionValues([0: .bool(keepsAxes)]))
  }

  private static func signature(_ input: TensorType, _ axes: [Int32], _ output: TensorType)
    -> Signature
  {
    Signature(inputs: [Operand(input), Codes.integers(axes)], outputs: [output])
  }

  @Test(arguments: [("REDUCE_MAX", [5, 9] as [Int32]), ("REDUCE_MIN", [-7, 3])])
  func takesExtrema(_ name: String, _ expected: [Int32]) throws {
    for element in [.int8, .int16, .int32] as [ElementType] {
      let isCode = element != .int32
      let (input, output) =
        isCode
        ? (
          Codes.type(Shape(2, 3), element: element),
          Codes.type(Shape(2), element: element)
        ) : (TensorType(element, Shape(2, 3)), TensorType(element, Shape(2)))
      let signature = Self.signature(input, [-1], output)
      #expect(try Codes.of(operation(name), signature, [5, -7, 0, 3, 9, 4]) == expected)
    }
  }

  /// The first and the last of three axes, which may not be cut.
  @Test func keepsAxes() throws {
    let signature = Self.signature(
      Codes.type(Shape(2, 2, 2)), [0, 2], Codes.type(Shape(1, 2, 1)))
    let operation = try operation("REDUCE_MAX", keepsAxes: true)
    #expect(try Codes.of(operation, signature, [1, 2, 9, 4, 5, 6, 7, 8]) == [6, 9])
    #expect(
      operation.access(signature, output: 0).operands[0] == [.whole, .window(axis: 1), .whole])
  }

  /// NaNs are passed over, but by LiteRT for the first of all elements.
  @Test func comparesNaNs() throws {
    let signature = Self.signature(Floats.type(Shape(3)), [0], Floats.type(Shape()))
    let numbers = Bytes(copying: [.nan, 2, .nan] as [Float])
    func result(_ profile: Profile) throws -> Float {
      try Codes.result(of: operation("REDUCE_MAX"), signature, [numbers], profile: profile)
        .elements(of: Float.self)[0]
    }
    #expect(try result(.tflm) == 2)
    #expect(try result(.litert).isNaN)
  }

  /// 2 * 3 * 1/2 in steps of 1/2 around 1: codes 5, 7, 2, and a result of 6.
  @Test func multipliesCodes() throws {
    let type = Codes.type(Shape(3), scale: 0.5, zeroPoint: 1)
    let signature = Self.signature(type, [0], Codes.type(Shape(), scale: 0.5))
    #expect(try Codes.of(operation("REDUCE_PROD"), signature, [5, 7, 2]) == [6])
  }

  @Test func multipliesNumbers() throws {
    let signature = Self.signature(Floats.type(Shape(2, 2)), [0], Floats.type(Shape(2)))
    #expect(try Floats.of(operation("REDUCE_PROD"), signature, [1.5, -2, 4, 0.5]) == [6, -1])
    let integers = Self.signature(
      TensorType(.int32, Shape(2)), [0], TensorType(.int32, Shape()))
    #expect(try Codes.of(operation("REDUCE_PROD"), integers, [1 << 30, 6]) == [.min])
  }

  @Test(arguments: [("REDUCE_ALL", [0, 1, 0] as [UInt8]), ("REDUCE_ANY", [1, 1, 0])])
  func combinesTruthValues(_ name: String, _ expected: [UInt8]) throws {
    let signature = Self.signature(
      TensorType(.bool, Shape(3, 2)), [1], TensorType(.bool, Shape(3)))
    let result = try Codes.result(
      of: operation(name), signature, [Bytes(copying: [1, 0, 1, 2, 0, 0] as [UInt8])])
    #expect(result.elements(of: UInt8.self) == expected)
  }

  static let accepted = signature(Codes.type(Shape(2, 3)), [1], Codes.type(Shape(2)))

  static let refusals =
    Refusal.operand(0) + Refusal.result + Refusal.attributes(1) + [
      Refusal("axis 2 of two", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([2]) },
      Refusal("empty rows", .invalid, .operand(1)) { $0.inputs[0]?.type.shape = Shape(2, 0) },
      Refusal("another scale", .invalid, .output(0)) {
        $0.outputs[0].quantization = Quantization(scale: 2, zeroPoint: 0)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: operation("REDUCE_MAX"), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Reduce.self, .elements, .extents, [.fewerAxes, .negativeAttribute, .int64, .bool])
  }
}
