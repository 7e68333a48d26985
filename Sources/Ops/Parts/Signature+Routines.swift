internal import Tensor

// What operators that run routines have in common.

extension Signature {
  /// The tiling rule of a result that depends on all of every operand.
  func wholeAccess(output: Int) -> Access {
    Access(
      inputs.indices.map { [AxisAccess](repeating: .whole, count: input($0).shape.rank) },
      signature: self, output: output)
  }

  /// Results of which no real number is known.
  var noNumbers: [RealTensor] {
    outputs.map { RealTensor($0.shape, [Double](repeating: .nan, count: $0.shape.count)) }
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
