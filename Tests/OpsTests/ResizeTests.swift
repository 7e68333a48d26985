import Ops
import Tensor
import TestSupport
import Testing

@Suite struct ResizeTests {
  private func nearest(corners: Bool = false, centers: Bool = false) throws -> ResizeNearest {
    try ResizeNearest(
      ResizeNearest.builtins[0], options: OptionValues([0: .bool(corners), 1: .bool(centers)]))
  }

  private func bilinear(corners: Bool = false, centers: Bool = false) throws -> ResizeBilinear {
    try ResizeBilinear(
      ResizeBilinear.builtins[0], options: OptionValues([2: .bool(corners), 3: .bool(centers)]))
  }

  /// A row of pixels, resized.
  private static func row(_ count: Int, to other: Int, _ type: TensorType) -> Signature {
    func shape(_ columns: Int) -> TensorType {
      TensorType(type.element, Shape(1, 1, columns, 1), type.quantization)
    }
    return Signature(
      inputs: [Operand(shape(count)), Codes.integers([1, Int32(other)])], outputs: [shape(other)])
  }

  private static let codes = Codes.type(Shape())
  static let accepted = row(2, to: 4, codes)

  @Test func takesTheNearest() throws {
    #expect(try Codes.of(nearest(), Self.accepted, [1, 2]) == [1, 1, 2, 2])
    let axes = try nearest().access(Self.accepted, output: 0).operands[0]
    #expect(axes[1] == .window(axis: 1) && axes[2] == .scaled(axis: 2, factor: 2))
    let three = Self.row(2, to: 3, Self.codes)
    // Places 0, 2/3 and 4/3; aligned 0, 1/2 and 1; of centers 1/3, 1 and 5/3.
    #expect(try Codes.of(nearest(), three, [1, 2]) == [1, 1, 2])
    #expect(try Codes.of(nearest(corners: true), three, [1, 2]) == [1, 2, 2])
    #expect(try Codes.of(nearest(centers: true), three, [1, 2]) == [1, 2, 2])
  }

  /// Places 0, 1/2, 1 and 3/2; aligned 0, 1/3, 2/3 and 1; of centers -1/4, 1/4, 3/4 and 5/4.
  @Test func interpolates() throws {
    #expect(try Codes.of(bilinear(), Self.accepted, [0, 100]) == [0, 50, 100, 100])
    #expect(try Codes.of(bilinear(corners: true), Self.accepted, [0, 100]) == [0, 33, 67, 100])
    #expect(try Codes.of(bilinear(centers: true), Self.accepted, [0, 100]) == [0, 25, 75, 100])
    let floats = Self.row(2, to: 4, Floats.type(Shape()))
    #expect(try Floats.of(bilinear(), floats, [1, 2]) == [1, 1.5, 2, 2])
    #expect(try Floats.of(bilinear(centers: true), floats, [1, 2]) == [1, 1.25, 1.75, 2])
  }

  /// Half a code is rounded away from zero.
  @Test func roundsTies() throws {
    #expect(try Codes.of(bilinear(), Self.accepted, [0, 3]) == [0, 2, 3, 3])
    #expect(try Codes.of(bilinear(), Self.accepted, [0, -3]) == [0, -2, -3, -3])
  }

  /// A place on a pixel reads that one alone.
  @Test func readsWhatIsAroundThePlace() throws {
    let access = try bilinear().access(Self.accepted, output: 0)
    func read(_ columns: Range<Int>) -> [Range<Int>] {
      access.coordinates(of: 0, for: Region([0..<1, 0..<1, columns, 0..<1]))[2]
    }
    #expect(read(0..<1) == [0..<1])
    #expect(read(1..<2) == [0..<2])
    #expect(read(2..<4) == [1..<2])
  }

  static let refusals =
    Refusal.movedResult + Refusal.attributes(1) + [
      Refusal("no columns", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([1, 0]) },
      Refusal("a size of three", .invalid, .operand(1)) {
        $0.inputs[1] = Codes.integers([1, 4, 1])
      },
      Refusal("three axes", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape(1, 2, 1) },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: nearest(), Self.accepted)
    try refusal.expect(of: bilinear(), Self.accepted)
  }

  @Test func refusesBothAttributes() throws {
    #expect(try nearest(corners: true, centers: true).version(Self.accepted) == 3)
    #expect(throws: OptionError.self) { try bilinear(corners: true, centers: true) }
  }

  /// So many columns that the rounded step adds up to more than the operand has.
  @Test func refusesPlacesBehindTheEnd() throws {
    let wide = Self.row(1101, to: 3000, Self.codes)
    #expect(Codes.refusal(of: try bilinear(), wide)?.kind == .unsupported)
    #expect(Codes.refusal(of: try nearest(), wide) == nil)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      ResizeNearest.self, .elements, .extents, .zeroPoints, [.depthMultiplier, .int16, .int32])
    GeneratorCoverage.expect(ResizeBilinear.self, .elements, .extents, .zeroPoints, [.int16])
  }
}
