internal import Graph
internal import Tensor

extension Graph {
  /// Checks that there is one value per input, of as many bytes as its cells take.
  ///
  /// - Throws: `ExecutionError.inputMismatch` alone.
  func checkInputs(_ values: [Bytes], cellSizeInBytes: Int) throws(ExecutionError) {
    guard values.count == inputs.count else {
      throw .inputMismatch(input: nil, expected: inputs.count, found: values.count)
    }
    for (index, tensor) in inputs.enumerated() {
      let expected = tensors[tensor].type.sizeInBytes * cellSizeInBytes
      guard values[index].count == expected else {
        throw .inputMismatch(input: index, expected: expected, found: values[index].count)
      }
    }
  }
}
