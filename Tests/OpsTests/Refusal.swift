import Ops
import Tensor
import Testing

/// A change to a signature that is accepted, and how `check` refuses the result.
struct Refusal: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let kind: OperatorError.Kind
  let subject: OperatorError.Subject
  let change: @Sendable (inout Signature) -> Void

  init(
    _ description: String, _ kind: OperatorError.Kind, _ subject: OperatorError.Subject,
    _ change: @escaping @Sendable (inout Signature) -> Void
  ) {
    testDescription = description
    self.kind = kind
    self.subject = subject
    self.change = change
  }

  /// Expects the refusal, and that nothing is refused without the change.
  func expect(of operation: some Operator, _ signature: Signature) throws {
    #expect(Codes.refusal(of: operation, signature) == nil)
    var changed = signature
    change(&changed)
    let error = try #require(Codes.refusal(of: operation, changed))
    #expect(error.kind == kind, "\(error)")
    #expect(error.subject == subject, "\(error)")
    #expect(error.expected != error.found)
  }
}

extension Refusal {
  /// What every operator on activations of int8 refuses of the operand at `index`.
  static func operand(_ index: Int) -> [Refusal] {
    [
      Refusal("operand \(index) float64", .unsupported, .operand(index)) {
        $0.inputs[index]?.type.element = .float64
      },
      Refusal("operand \(index) not quantized", .invalid, .operand(index)) {
        $0.inputs[index]?.type.quantization = nil
      },
      Refusal("operand \(index) with two scales", .invalid, .operand(index)) {
        $0.inputs[index]?.type.quantization = Quantization(
          scales: [1, 2], zeroPoints: [0, 0], axis: 0)
      },
    ]
  }

  /// What every operator on one operand, element by element, refuses of int8.
  static let elementwise =
    operand(0) + result + [
      Refusal("no operand", .invalid, .operands) { $0.inputs = [] },
      Refusal("two operands", .invalid, .operands) { $0.inputs.append(nil) },
    ]

  /// What every operator on two operands, element by element, refuses of int8 of [2, 3] and [3].
  static let pair =
    operand(0) + result + [
      Refusal("one operand", .invalid, .operands) { $0.inputs.removeLast() },
      Refusal("three operands", .invalid, .operands) { $0.inputs.append(nil) },
      Refusal("an absent operand", .invalid, .operands) { $0.inputs[1] = nil },
      Refusal("operands of two types", .unsupported, .operand(1)) {
        $0.inputs[1]?.type.element = .int16
      },
      Refusal("operand 1 not quantized", .invalid, .operand(1)) {
        $0.inputs[1]?.type.quantization = nil
      },
      Refusal("shapes that do not fit", .invalid, .operand(1)) {
        $0.inputs[1]?.type.shape = Shape(2)
      },
      Refusal("a scale of 2^30 times the output's", .invalid, .output(0)) {
        $0.inputs[1]?.type.quantization = Quantization(scale: 0x1p30, zeroPoint: 0)
      },
    ]

  /// What every pooling refuses of int8 of scale 1 around zero point 0.
  static let pooling =
    elementwise + [
      Refusal("input of three axes", .invalid, .operand(0)) {
        $0.inputs[0]?.type.shape = Shape(3, 3, 2)
      },
      Refusal("another scale", .invalid, .output(0)) {
        $0.outputs[0].quantization = Quantization(scale: 2, zeroPoint: 0)
      },
      Refusal("another zero point", .invalid, .output(0)) {
        $0.outputs[0].quantization = Quantization(scale: 1, zeroPoint: 1)
      },
    ]

  /// What every operator that moves elements of int8 and scale 1 refuses of its result.
  static let movedResult = [
    Refusal("a result of another type", .invalid, .output(0)) { $0.outputs[0].element = .uint8 },
    Refusal("a result of another scale", .invalid, .output(0)) {
      $0.outputs[0].quantization = Quantization(scale: 2, zeroPoint: 0)
    },
    Refusal("a result of another shape", .invalid, .output(0)) {
      $0.outputs[0].shape = Shape(1, 2, 3, 5)
    },
    Refusal("no result", .invalid, .operands) { $0.outputs = [] },
  ]

  /// What every operator refuses of constant operand `index`, which states attributes.
  static func attributes(_ index: Int) -> [Refusal] {
    [
      Refusal("operand \(index) at run time", .unsupported, .operand(index)) {
        $0.inputs[index]?.constant = nil
      },
      Refusal("operand \(index) of floats", .invalid, .operand(index)) {
        $0.inputs[index]?.type.element = .float32
      },
      Refusal("no operand \(index)", .invalid, .operands) { $0.inputs[index] = nil },
      Refusal("an operand too many", .invalid, .operands) { $0.inputs.append(nil) },
    ]
  }

  /// What every operator with one result of int8 refuses of it.
  static let result = [
    Refusal("result uint8", .unsupported, .output(0)) { $0.outputs[0].element = .uint8 },
    Refusal("result not quantized", .invalid, .output(0)) { $0.outputs[0].quantization = nil },
    Refusal("result with two scales", .invalid, .output(0)) {
      $0.outputs[0].quantization = Quantization(scales: [1, 2], zeroPoints: [0, 0], axis: 0)
    },
    Refusal("result of another shape", .invalid, .output(0)) {
      $0.outputs[0].shape = Shape(1, 2, 3, 5)
    },
    Refusal("two results", .invalid, .operands) { $0.outputs.append($0.outputs[0]) },
    Refusal("no result", .invalid, .operands) { $0.outputs = [] },
  ]

  /// What every operator with weights, and a bias of four channels, refuses of them.
  static let weights = [
    Refusal("one operand", .invalid, .operands) { $0.inputs.removeLast(2) },
    Refusal("four operands", .invalid, .operands) { $0.inputs.append(nil) },
    Refusal("no input", .invalid, .operands) { $0.inputs[0] = nil },
    Refusal("no weights", .invalid, .operands) { $0.inputs[1] = nil },
    Refusal("weights uint8", .unsupported, .operand(1)) { $0.inputs[1]?.type.element = .uint8 },
    Refusal("weights at run time", .unsupported, .operand(1)) { $0.inputs[1]?.constant = nil },
    Refusal("weights not quantized", .invalid, .operand(1)) {
      $0.inputs[1]?.type.quantization = nil
    },
    Refusal("three scales for four channels", .invalid, .operand(1)) {
      let axis = $0.inputs[1]?.type.shape[0] == 1 ? 3 : 0
      $0.inputs[1]?.type.quantization = Quantization(
        scales: [1, 1, 1], zeroPoints: [0, 0, 0], axis: axis)
    },
    Refusal("scales along another axis", .invalid, .operand(1)) {
      $0.inputs[1]?.type.quantization = Quantization(
        scales: [1, 1, 1, 1], zeroPoints: [0, 0, 0, 0], axis: 1)
    },
    Refusal("weights around zero point 1", .unsupported, .operand(1)) {
      $0.inputs[1]?.type.quantization = Quantization(scale: 1, zeroPoint: 1)
    },
    Refusal("factor of 2^30", .invalid, .operand(1)) {
      $0.inputs[0]?.type.quantization = Quantization(scale: 0x1p30, zeroPoint: 0)
    },
    Refusal("bias int64", .invalid, .operand(2)) { $0.inputs[2]?.type.element = .int64 },
    Refusal("bias of three", .invalid, .operand(2)) { $0.inputs[2]?.type.shape = Shape(3) },
    Refusal("bias at run time", .unsupported, .operand(2)) { $0.inputs[2]?.constant = nil },
  ]
}
