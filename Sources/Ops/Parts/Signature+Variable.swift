internal import Tensor

// What operators on resource variables have in common: operand 0 is the variable.

extension Signature {
  /// The types of elements that a variable holds.
  static let held: [ElementType] = [.int8, .int8, .int16, .int32, .int64, .bool, .float32]

  /// Throws unless the variable holds elements of such a type, and result `index` has its type.
  func requireVariable(result index: Int) throws(OperatorError) {
    let type = input(0)
    guard Self.held.contains(type.element), type.quantization?.isPerTensor ?? true else {
      throw OperatorError(
        .unsupported, .operand(0),
        expected: "\(Set(Self.held.map(\.rawValue)).sorted()), one scale", found: "\(type)")
    }
    guard outputs[index] == type else {
      throw OperatorError(
        .invalid, .output(index), expected: "\(type), as before", found: "\(outputs[index])")
    }
  }

  /// Throws unless a value has the element and the shape of the variable; codes are copied, whatever their
  /// scale.
  func requireHeld(_ value: TensorType, _ subject: OperatorError.Subject) throws(OperatorError) {
    guard value.element == input(0).element, value.shape == input(0).shape,
      value.quantization?.isPerTensor ?? true
    else {
      throw OperatorError(
        .invalid, subject, expected: "\(input(0)), one scale", found: "\(value)")
    }
  }
}
