import FloatOracle
import Ops
import Tensor
import TestSupport
import Testing

@Suite struct OperatorOracleTests {
  /// 3 * 0.5 + 2 * 0.25 = 2 is 4 steps of 0.5 above code 3; 75 and -75 pass the type's codes.
  @Test func statesStepsOfTheOutput() throws {
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(3), scale: 0.5)),
        Codes.weights(Shape(3), [2, 100, -100], scales: [0.25]),
      ], outputs: [Codes.type(Shape(3), scale: 0.5, zeroPoint: 3)])
    let operation = try Add(Add.builtins[0], options: OptionValues())
    try operation.check(signature)
    let results = OperatorOracle().expectations(
      of: operation, signature: signature,
      operands: [ElementType.int8.bytes(of: [3, 100, -100]), nil])
    #expect(results[0].steps == [7, 127, -128])
  }

  /// 2^30 steps and more are shifted out of 32 bits: nothing is said of them, and all of what is less.
  @Test(arguments: [
    (0x1p22 as Float, 127 as Int32, false), (0x1p22, -128, false), (0x1p23, -128, true),
  ]) func saysNothingOfWhatLeaves32Bits(_ scale: Float, _ code: Int32, _ wraps: Bool) throws {
    let signature = Signature(
      inputs: [Operand(Codes.type(Shape(1), scale: scale))], outputs: [Codes.type(Shape(1))])
    let operation = try Relu(Relu.builtins[0], options: OptionValues())
    try operation.check(signature)
    let results = OperatorOracle().expectations(
      of: operation, signature: signature, operands: [ElementType.int8.bytes(of: [code])])
    #expect((results[0].bound == .infinity) == wraps)
  }

  /// 5 * 0.5 in steps of 2: a real number is rounded to no code.
  @Test func roundsToNoCode() throws {
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 1), scale: 0.5)), Codes.weights(Shape(1, 1), [5]), nil,
      ], outputs: [Codes.type(Shape(1, 1), scale: 2)])
    let operation = try FullyConnected(FullyConnected.builtins[0], options: OptionValues())
    try operation.check(signature)
    let results = OperatorOracle().expectations(
      of: operation, signature: signature, operands: [ElementType.int8.bytes(of: [1]), nil, nil])
    #expect(results[0].steps == [1.25])
  }

  /// A result that is not quantized stays a real number.
  @Test func leavesRealNumbers() throws {
    let signature = Signature(
      inputs: [Operand(Codes.type(Shape(2), scale: 0.5))],
      outputs: [TensorType(.float32, Shape(2), nil)])
    let operation = try Dequantize(Dequantize.builtins[0], options: OptionValues())
    try operation.check(signature)
    let results = OperatorOracle().expectations(
      of: operation, signature: signature, operands: [ElementType.int8.bytes(of: [3, -3])])
    #expect(results[0].steps == [1.5, -1.5])
  }

  /// Codes pass a RESHAPE unchanged, whatever they stand for before and after.
  @Test func movesCodes() throws {
    let signature = Signature(
      inputs: [Operand(Codes.type(Shape(2), scale: 0.5))],
      outputs: [Codes.type(Shape(2, 1), scale: 4)])
    let results = OperatorOracle().expectations(
      of: try Reshape(Reshape.builtins[0], options: OptionValues()), signature: signature,
      operands: [ElementType.int8.bytes(of: [3, -3])])
    #expect(results[0].steps == [3, -3])
  }
}
