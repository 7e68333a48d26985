public import Graph
public import Ops
internal import Tensor

/// A network of one operator.
public enum ExampleNetwork {
  /// The network of an example: operands that are not constant are model inputs, results are model
  /// outputs, and what the operator keeps are variables.
  ///
  /// Its tensors are in the order in which the reader makes them: operands, descriptions of what the operator
  /// keeps inside, results, what variables hold afterwards.
  public static func graph(of example: Example, hash: String = "built") throws -> Graph {
    let (operation, signature) = (example.operation, example.signature)
    let stateOperands = type(of: operation).stateOperands.filter { signature.inputs[$0] != nil }
    var tensors: [GraphTensor] = []
    var operands: [Int?] = []
    var inputs: [Int] = []
    for (place, operand) in signature.inputs.enumerated() {
      guard let operand else {
        operands.append(nil)
        continue
      }
      operands.append(tensors.count)
      if operand.constant == nil && !stateOperands.contains(place) { inputs.append(tensors.count) }
      tensors.append(
        GraphTensor(name: "operand \(place)", type: operand.type, constant: operand.constant))
    }
    var described: Set<TensorType> = []
    for operand in type(of: operation).intermediates {
      guard var type = signature.inputs[operand]?.type, type.quantization != nil else { continue }
      type.shape = Shape(0)
      guard described.insert(type).inserted else { continue }
      tensors.append(GraphTensor(name: "operand \(operand) inside", type: type))
    }
    let resultCount = signature.outputs.count - stateOperands.count
    let outputCount = type(of: operation).stateIsResult ? signature.outputs.count : resultCount
    let results = tensors.count..<tensors.count + signature.outputs.count
    let names =
      (0..<resultCount).map { "result \($0)" } + stateOperands.map { "operand \($0) after" }
    for (name, type) in zip(names, signature.outputs) {
      tensors.append(GraphTensor(name: name, type: type))
    }
    // LiteRT reads no variable that has a handle and no value.
    var generator = SplitMix64(seed: UInt64(tensors.count))
    var initial: [Int: Bytes] = [:]
    for case let tensor? in stateOperands.map({ operands[$0] })
    where type(of: operation).stateHasHandle {
      initial[tensor] =
        Operand.randomConstant(tensors[tensor].type, using: &generator).constant
    }
    let variables = zip(stateOperands, results.dropFirst(resultCount)).compactMap {
      operand, after in
      operands[operand].map { Variable(versions: [$0, after], initial: initial[$0]) }
    }
    return try Graph(
      tensors: tensors,
      nodes: [(operation: operation, inputs: operands, outputs: Array(results))], inputs: inputs,
      outputs: Array(results.prefix(outputCount)), variables: variables, modelHash: hash)
  }
}
