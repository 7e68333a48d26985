import Ops
import Tensor
import TestSupport
import Testing

@Suite struct ArgMaxTests {
  private static func signature(
    _ input: TensorType, axis: Int32, _ output: Shape, _ element: ElementType = .int32
  ) -> Signature {
    Signature(
      inputs: [Operand(input), Codes.integers([axis])], outputs: [TensorType(element, output)])
  }

  private func operation(_ index: Int = 0) -> ArgMax {
    ArgMax(ArgMax.builtins[index])
  }

  @Test func takesTheFirstOfSeveral() throws {
    let codes: [Int32] = [5, -7, 5, 3, 3, 9]
    let rows = Self.signature(Codes.type(Shape(2, 3)), axis: -1, Shape(2))
    #expect(try Codes.of(operation(), rows, codes) == [0, 2])
    #expect(try Codes.of(operation(1), rows, codes) == [1, 0])
    let columns = Self.signature(Codes.type(Shape(2, 3)), axis: 0, Shape(3))
    #expect(try Codes.of(operation(), columns, codes) == [0, 1, 1])
    #expect(operation().access(columns, output: 0).operands[0] == [.whole, .window(axis: 0)])
  }

  @Test func makesLongIndices() throws {
    let signature = Self.signature(Codes.type(Shape(3)), axis: 0, Shape(), .int64)
    let result = try Codes.result(
      of: operation(), signature, [ElementType.int8.bytes(of: [1, 2, 0])])
    #expect(result.elements(of: Int64.self) == [1])
    #expect(operation().statedOptions(signature) == OptionValues([0: .int8(4)]))
  }

  @Test func comparesNaNs() throws {
    let signature = Self.signature(Floats.type(Shape(4)), axis: 0, Shape())
    let numbers = Bytes(copying: [.nan, 1, 3, .nan] as [Float])
    for (profile, index) in [(Profile.tflm, 0), (.litert, 2)] as [(Profile, Int32)] {
      let result = try Codes.result(of: operation(), signature, [numbers], profile: profile)
      #expect(result.elements(of: Int32.self) == [index])
    }
  }

  static let accepted = signature(Codes.type(Shape(2, 3)), axis: 1, Shape(2))

  static let refusals =
    Refusal.attributes(1) + [
      Refusal("bool", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .bool },
      Refusal("int16", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .int16 },
      Refusal("indices int16", .unsupported, .output(0)) { $0.outputs[0].element = .int16 },
      Refusal("axis 2 of two", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([2]) },
      Refusal("two axes", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([0, 1]) },
      Refusal("empty rows", .invalid, .operand(1)) { $0.inputs[0]?.type.shape = Shape(2, 0) },
      Refusal("another shape", .invalid, .output(0)) { $0.outputs[0].shape = Shape(3) },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: operation(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      ArgMax.self, .elements, .extents, [.fewerAxes, .negativeAttribute, .int32])
  }
}
