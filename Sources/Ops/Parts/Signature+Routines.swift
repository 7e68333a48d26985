internal import Tensor

// What operators that run routines have in common.

extension Signature {
  /// The tiling rule of a result that depends on all of every operand.
  func wholeAccess(output: Int) -> Access {
    Access(
      inputs.indices.map { [AxisAccess](repeating: .whole, count: input($0).shape.rank) },
      signature: self, output: output)
  }
}

extension Region {
  /// Whether a region of result `output` holds the first element of the first result.
  func isStart(of output: Int) -> Bool { output == 0 && ranges.allSatisfy { $0.contains(0) } }
}

extension Routine {
  /// Whether an implementation has kernels for all operators.
  func isImplemented(by profile: Profile) -> Bool {
    nodes.allSatisfy { $0.operation.isImplemented(signature(of: $0), by: profile) }
  }
}

extension Routine {
  /// The most operators that a loop runs on real numbers.
  static let largestRealRun = 1 << 10

  /// What the operators approximate, one after the other; `operands` and what is returned have the types
  /// `operandTypes` and `resultTypes` outside.
  func real(
    _ operands: [RealTensor], _ operandTypes: [TensorType], to resultTypes: [TensorType],
    products: any MatrixProduct
  ) -> [RealTensor] {
    var values = tensors.map { tensor in
      tensor.operand.constant.map { RealTensor(dequantizing: $0, of: tensor.operand.type) }
    }
    for (place, tensor) in inputs.enumerated() {
      values[tensor] = operands[place].recoded(
        from: operandTypes[place], to: tensors[tensor].operand.type)
    }
    for node in nodes {
      let results = node.operation.real(
        node.inputs.map { input in input.flatMap { values[$0] } }, signature: signature(of: node),
        products: products)
      for (tensor, result) in zip(node.outputs, results) { values[tensor] = result }
    }
    return zip(outputs, resultTypes).map { tensor, type in
      guard let value = values[tensor] else { preconditionFailure("every output is made") }
      return value.recoded(from: tensors[tensor].operand.type, to: type)
    }
  }
}
