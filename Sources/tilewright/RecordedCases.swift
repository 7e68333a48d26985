import Graph
import NumPy
import Tensor
import Verify

/// Turns recorded arrays into cases of a network, if they fit it.
struct RecordedCases {
  private let graph: Graph

  init(_ graph: Graph) { self.graph = graph }

  /// The case itself, and the same inputs with the outputs of the run in sequence, if recorded.
  func cases(of recorded: Recording.Case) throws -> [RecordedCheck.Case] {
    let inputs = try arrays(
      recorded.inputs, tensors: graph.modelInputs, prefix: "\(recorded.name)_in"
    ).enumerated().map { index, bytes in
      guard let bytes else { throw InputFailure.missing("\(recorded.name)_in\(index)") }
      return bytes
    }
    let outputs = try arrays(
      recorded.outputs, tensors: graph.modelOutputs, prefix: "\(recorded.name)_out")
    guard outputs.contains(where: { $0 != nil }) else {
      throw InputFailure.missing("\(recorded.name)_out0: a case without outputs checks nothing")
    }
    var cases = [RecordedCheck.Case(name: recorded.name, inputs: inputs, outputs: outputs)]
    if !recorded.sequenceOutputs.isEmpty {
      let name = "seq\(recorded.name.dropFirst())"
      cases.append(
        RecordedCheck.Case(
          name: name, inputs: inputs, keepsState: true,
          outputs: try arrays(
            recorded.sequenceOutputs, tensors: graph.modelOutputs, prefix: "\(name)_out")))
    }
    return cases
  }

  private func arrays(
    _ arrays: [NPYArray?], tensors: [Int], prefix: String
  ) throws -> [Bytes?] {
    guard arrays.count <= tensors.count else {
      throw InputFailure.tooMany(prefix, expected: tensors.count, found: arrays.count)
    }
    return try tensors.enumerated().map { index, tensor in
      guard index < arrays.count, let array = arrays[index] else { return nil }
      // Some runtimes do not say which axes a result has.
      return try array.bytes(
        as: graph.tensors[tensor].type, name: "\(prefix)\(index)", mayBeFlat: true)
    }
  }
}
