import Graph
import Ops
import TFLite
import Tensor
import TestSupport
import Testing

/// Graphs that no model file means.
@Suite struct ModelWriterErrorTests {
  private static let state = TensorType(.int8, Shape(1, 6), Quantization(scale: 0.1, zeroPoint: 4))

  /// SVDF of two units on `[1, 4]`, with tensors 0 to 4 for its operands, 5 for its result, 6 for the state
  /// afterwards.
  private func write(
    modelInputs: [Int] = [0], modelOutputs: [Int] = [5],
    variables: [Variable] = [Variable(versions: [4, 6])]
  ) throws -> [UInt8] {
    func codes(_ name: String, _ shape: Shape, _ count: Int? = nil) -> GraphTensor {
      GraphTensor(
        name: name, type: TensorType(.int8, shape, Quantization(scale: 0.1, zeroPoint: 0)),
        constant: count.map { Bytes(copying: [Int8](repeating: 1, count: $0)) })
    }
    let bias = GraphTensor(
      name: "bias", type: TensorType(.int32, Shape(2), Quantization(scale: 0.01, zeroPoint: 0)),
      constant: Bytes(copying: [1, 2] as [Int32]))
    let tensors = [
      codes("input", Shape(1, 4)), codes("features", Shape(2, 4), 8),
      codes("times", Shape(2, 3), 6), bias, GraphTensor(name: "state", type: Self.state),
      codes("result", Shape(1, 2)), GraphTensor(name: "state after", type: Self.state),
    ]
    let (family, builtin) = try #require(Catalog.operation(code: 27))
    let operation = try family.init(builtin, options: OptionValues([0: .int32(1)]))
    let graph = try Graph(
      tensors: tensors, nodes: [(operation: operation, inputs: [0, 1, 2, 3, 4], outputs: [5, 6])],
      inputs: modelInputs, outputs: modelOutputs, variables: variables, modelHash: "")
    return try ModelWriter.bytes(of: graph)
  }

  @Test func theNetworkItselfIsWritten() throws { #expect(try !write().isEmpty) }

  @Test func aStateThatIsNoVariable() {
    #expect(throws: ModelWritingError.noVariable(node: 0, name: "SVDF", operand: 4)) {
      try write(modelInputs: [0, 4], variables: [])
    }
  }

  @Test func aVariableWhoseNextVersionIsAnother() {
    #expect(throws: ModelWritingError.noVariable(node: 0, name: "SVDF", operand: 4)) {
      try write(variables: [Variable(versions: [4])])
    }
  }

  @Test func aVariableThatIsAnInputToo() {
    #expect(throws: ModelWritingError.variable(tensor: 4, name: "state")) {
      try write(modelInputs: [0, 4])
    }
  }

  @Test func anOutputThatIsWhatAVariableHeldBefore() {
    #expect(throws: ModelWritingError.earlierVersion(node: nil, tensor: 4, name: "state")) {
      try write(modelOutputs: [5, 4])
    }
  }

  @Test func aConstantOfOtherBytes() {
    let error = ModelWritingError.constantSize(tensor: 0, name: "given", found: 7, expected: 8)
    let type = TensorType(.int8, Shape(8))
    let given = GraphTensor(
      name: "given", type: type, constant: Bytes(copying: [Int8](repeating: 1, count: 7)))
    #expect(throws: error) {
      let graph = try Graph(
        tensors: [given], nodes: [], inputs: [], outputs: [0], modelHash: "")
      return try ModelWriter.bytes(of: graph)
    }
  }

  /// What none of an operator's operands is may have an extent that no file can state.
  @Test func anExtentOf33Bits() throws {
    let tensor = GraphTensor(
      name: "long", type: TensorType(.int8, Shape(0, 1 << 33)))
    let graph = try Graph(tensors: [tensor], nodes: [], inputs: [0], outputs: [0], modelHash: "")
    #expect(throws: ModelWritingError.extent(tensor: 0, name: "long", found: 1 << 33)) {
      try ModelWriter.bytes(of: graph)
    }
  }

  /// A constant that a reader keeps of a tensor that nothing uses, and whose type it does not know.
  @Test func anUnusedConstantOfOtherBytesIsLeftOut() throws {
    let tensors = [
      GraphTensor(name: "in", type: TensorType(.int8, Shape(1))),
      GraphTensor(
        name: "text", type: TensorType(.int8, Shape(0)),
        constant: Bytes(copying: [1, 2] as [UInt8])),
    ]
    let graph = try Graph(tensors: tensors, nodes: [], inputs: [0], outputs: [0], modelHash: "")
    let again = try ImportedModel(parsing: Bytes(copying: ModelWriter.bytes(of: graph))).graph()
    #expect(again.tensors.map(\.name) == ["in", "text"] && again.tensors[1].constant == nil)
  }

  @Test func errorsSayWhatWhereAndWhatToDo() {
    let errors: [ModelWritingError] = [
      .extent(tensor: 1, name: "a", found: 1 << 33),
      .constantSize(tensor: 1, name: "a", found: 1, expected: 2),
      .noVariable(node: 1, name: "SVDF", operand: 4),
      .earlierVersion(node: 1, tensor: 2, name: "a"),
      .earlierVersion(node: nil, tensor: 2, name: "a"), .variable(tensor: 2, name: "a"),
      .tooLarge(byteCount: 1 << 31),
    ]
    for error in errors {
      #expect(error.description.contains("expected") && error.description.contains("found"))
    }
  }
}
