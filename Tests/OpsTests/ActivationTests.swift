import Ops
import Tensor
import Testing

@Suite struct ActivationTests {
  /// An activation, a quantization, and the codes that 0, 1 or 6 fall on, by hand.
  struct Case: CustomTestStringConvertible, Sendable {
    let activation: Activation
    let element: ElementType
    let scale: Float
    let zeroPoint: Int32
    let codes: ClosedRange<Int32>

    var testDescription: String { "\(activation) of \(element), \(scale), \(zeroPoint)" }

    init(
      _ activation: Activation, _ element: ElementType, _ scale: Float, _ zeroPoint: Int32,
      _ codes: ClosedRange<Int32>
    ) {
      self.activation = activation
      self.element = element
      self.scale = scale
      self.zeroPoint = zeroPoint
      self.codes = codes
    }
  }

  static let cases = [
    Case(.none, .int8, 0.5, 3, -128...127),
    Case(.none, .int16, 0.5, 0, -32768...32767),
    Case(.relu, .int8, 0.5, -128, -128...127),
    Case(.relu, .int8, 0.5, 3, 3...127),
    Case(.relu, .uint8, 0.5, 3, 3...255),
    Case(.relu, .int8, 0.5, 127, 127...127),
    // 1 / 0.5 = 2 steps on either side of the zero point.
    Case(.reluMinus1To1, .int8, 0.5, 3, 1...5),
    // -1 lies below the codes.
    Case(.reluMinus1To1, .int8, 0.5, -128, -128 ... -126),
    // 6 / 0.5 = 12.
    Case(.relu6, .int8, 0.5, 3, 3...15),
    // 6 / 4 = 1.5 and 1 / 0.4 = 2.5: ties go away from zero.
    Case(.relu6, .int8, 4, 0, 0...2),
    Case(.reluMinus1To1, .int8, 0.4, 0, -3...3),
    // 6 / 0.02 = 300 passes the codes.
    Case(.relu6, .int8, 0.02, -100, -100...127),
    // All of -1...1 lies above the zero point's half step.
    Case(.reluMinus1To1, .int8, 4, 10, 10...10),
  ]

  @Test(arguments: cases) func clampsToCodes(_ test: Case) {
    let type = TensorType(
      test.element, Shape(1), Quantization(scale: test.scale, zeroPoint: test.zeroPoint))
    #expect(test.activation.codes(of: type) == test.codes)
  }

  @Test func readsTheSchemasCodes() throws {
    for (code, activation) in [
      (0, Activation.none), (1, .relu), (2, .reluMinus1To1), (3, .relu6),
    ] {
      #expect(try Activation(OptionValues([4: .int8(Int8(code))]), slot: 4) == activation)
    }
    #expect(try Activation(OptionValues(), slot: 0) == .none)
    // TANH and SIGN_BIT fuse into nothing that is quantized.
    for code in [4, 5, -1] {
      #expect(throws: OptionError.self) {
        try Activation(OptionValues([0: .int8(Int8(code))]), slot: 0)
      }
    }
  }
}
