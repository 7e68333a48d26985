import TFLite
import Testing

@Suite struct BuiltinOperatorNameTests {
  @Test(arguments: [
    (0, "ADD"), (3, "CONV_2D"), (22, "RESHAPE"), (32, "CUSTOM"), (67, "TRANSPOSE_CONV"),
    (114, "QUANTIZE"), (127, "PLACEHOLDER_FOR_GREATER_OP_CODES"), (150, "GELU"),
    (209, "STABLEHLO_CASE"),
  ]) func name(_ code: Int, _ name: String) {
    #expect(BuiltinOperatorName.name(of: code) == name)
  }

  @Test(arguments: [-1, 210, Int.min, Int.max]) func unknownCodes(_ code: Int) {
    #expect(BuiltinOperatorName.name(of: code) == nil)
  }

  @Test func namesAreDistinct() {
    #expect(Set(BuiltinOperatorName.all).count == 210)
  }
}
