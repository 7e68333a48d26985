import Ops
import Tensor
import TestSupport
import Testing

@Suite struct ZerosLikeTests {
  private func zerosLike() throws -> ZerosLike {
    try ZerosLike(ZerosLike.builtins[0], options: OptionValues())
  }

  @Test func makesZeros() throws {
    let floats = Floats.type(Shape(2))
    #expect(
      try Floats.of(
        zerosLike(), Signature(inputs: [Operand(floats)], outputs: [floats]), [1, -2]) == [0, 0])
    let codes = Codes.type(Shape(2), zeroPoint: 5)
    #expect(
      try Codes.of(
        zerosLike(), Signature(inputs: [Operand(codes)], outputs: [codes]), [1, -2]) == [0, 0])
  }

  @Test func readsNothing() throws {
    let type = Floats.type(Shape(2, 3))
    let access = try zerosLike().access(
      Signature(inputs: [Operand(type)], outputs: [type]), output: 0)
    let whole = Region(whole: type.shape)
    #expect(access.bounds(of: 0, for: whole).isEmpty)
    #expect(access.coordinates(of: 0, for: whole).allSatisfy { $0.isEmpty })
    #expect(access.mayCut(0) && access.mayCut(1))
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(ZerosLike.self, .extents, [.float32, .int32, .int64])
  }
}
