import Graph
import Ops
import Tensor
import TestSupport
import Testing

/// One edit of the parts of `residual_block`, and the error that it must provoke.
struct GraphErrorCase: CustomTestStringConvertible, Sendable {
  /// What a graph is made of.
  struct Parts {
    var tensors: [GraphTensor]
    var nodes: [Graph.UnboundNode]
    var inputs: [Int]
    var outputs: [Int]

    init(_ graph: Graph) {
      tensors = graph.tensors
      nodes = graph.nodes.map { ($0.operation, $0.inputs, $0.outputs) }
      inputs = graph.inputs
      outputs = graph.outputs
    }

    func graph() throws(GraphError) -> Graph {
      try Graph(
        tensors: tensors, nodes: nodes, inputs: inputs, outputs: outputs, modelHash: "hash")
    }

    /// Adds a reshape of the last result to so many axes, all but the last of extent 1.
    mutating func reshape(rank: Int) {
      let old = tensors[14].type
      let extents = [Int](repeating: 1, count: rank - 1) + [old.shape.count]
      tensors.append(
        GraphTensor(
          name: "t",
          type: TensorType(old.element, Shape(checking: extents) ?? Shape(), old.quantization)))
      guard let (family, builtin) = Catalog.operation(code: 22),
        let operation = try? family.init(builtin, options: OptionValues())
      else { return }
      nodes.append((operation, [14], [15]))
    }

    mutating func retype(_ tensor: Int, _ change: (inout TensorType) -> Void) {
      let old = tensors[tensor]
      var type = old.type
      change(&type)
      tensors[tensor] = GraphTensor(name: old.name, type: type, constant: old.constant)
    }
  }

  let testDescription: String
  /// `nil` for parts that make a graph.
  let error: GraphError?
  let edit: @Sendable (inout Parts) -> Void

  init(
    _ name: String, _ error: GraphError?, _ edit: @escaping @Sendable (inout Parts) -> Void
  ) {
    testDescription = name
    self.error = error
    self.edit = edit
  }

  private static let output = "StatefulPartitionedCall_1:0"

  static let all: [GraphErrorCase] = [
    GraphErrorCase("sound", nil) { _ in },
    GraphErrorCase("input 15 of 15", .noSuchTensor(node: nil, tensor: 15)) { $0.inputs = [15] },
    GraphErrorCase("output -1", .noSuchTensor(node: nil, tensor: -1)) { $0.outputs.append(-1) },
    GraphErrorCase("operand 15", .noSuchTensor(node: 2, tensor: 15)) {
      $0.nodes[2].inputs[1] = 15
    },
    GraphErrorCase("result -2", .noSuchTensor(node: 5, tensor: -2)) { $0.nodes[5].outputs = [-2] },
    GraphErrorCase("no input", .readBeforeWritten(node: 0, tensor: 0, name: inputName)) {
      $0.inputs = []
    },
    GraphErrorCase("out of order", .readBeforeWritten(node: 4, tensor: 13, name: "pool")) {
      $0.nodes.swapAt(4, 5)
      $0.tensors[13] = GraphTensor(name: "pool", type: $0.tensors[13].type)
    },
    GraphErrorCase("in a circle", .readBeforeWritten(node: 5, tensor: 14, name: output)) {
      $0.nodes[5].inputs = [14]
    },
    GraphErrorCase("made twice", .writtenTwice(node: 1, tensor: 9, name: "nine")) {
      $0.nodes[1].outputs = [9]
      $0.tensors[9] = GraphTensor(name: "nine", type: $0.tensors[9].type)
    },
    GraphErrorCase("makes an input", .writtenTwice(node: 5, tensor: 0, name: inputName)) {
      $0.nodes[5].outputs = [0]
    },
    GraphErrorCase("makes a constant", .writtenTwice(node: 5, tensor: 1, name: "one")) {
      $0.nodes[5].outputs = [1]
      $0.tensors[1] = GraphTensor(
        name: "one", type: $0.tensors[1].type, constant: $0.tensors[1].constant)
    },
    GraphErrorCase("makes one tensor twice", .writtenTwice(node: 5, tensor: 14, name: output)) {
      $0.nodes[5].outputs = [14, 14]
    },
    GraphErrorCase("output nobody makes", .outputNotComputed(tensor: 14, name: output)) {
      $0.nodes.removeLast()
    },
    GraphErrorCase("an input is an output", nil) { $0.outputs.append(0) },
    GraphErrorCase("a large tensor", nil) {
      $0.tensors.append(GraphTensor(name: "t", type: TensorType(.int8, Shape(1 << 28))))
    },
    GraphErrorCase("too large", .tooLarge(tensor: 15, name: "t", bytes: 1 << 28 + 4)) {
      $0.tensors.append(GraphTensor(name: "t", type: TensorType(.int32, Shape(1 << 26 + 1))))
    },
    GraphErrorCase("too large for a constant is none", nil) {
      $0.tensors.append(
        GraphTensor(
          name: "t", type: TensorType(.int32, Shape(1 << 26 + 1)),
          constant: Bytes(copying: [UInt8]())))
    },
    GraphErrorCase("eight axes", nil) { $0.reshape(rank: 8) },
    GraphErrorCase("nine axes", .tooManyAxes(tensor: 15, name: "t", rank: 9)) {
      $0.reshape(rank: 9)
    },
    GraphErrorCase(
      "another shape",
      .rejected(
        node: 0, operatorName: "CONV_2D",
        OperatorError(
          .invalid, .output(0), expected: "shape [1, 16, 12, 8]", found: "[1, 16, 12, 9]"))
    ) { $0.retype(9) { $0.shape = Shape(1, 16, 12, 9) } },
    GraphErrorCase(
      "a filter at run time",
      .rejected(
        node: 0, operatorName: "CONV_2D",
        OperatorError(
          .unsupported, .operand(1), expected: "constant weights",
          found: "some computed at run time"))
    ) {
      guard let filter = $0.nodes[0].inputs[1] else { return }
      $0.tensors[filter] = GraphTensor(name: "filter", type: $0.tensors[filter].type)
      $0.inputs.append(filter)
    },
    GraphErrorCase(
      "another element",
      .rejected(
        node: 0, operatorName: "CONV_2D",
        OperatorError(
          .unsupported, .operand(0), expected: "int8 or uint8 or int16 or float32",
          found: "float64"))
    ) { $0.retype(0) { $0.element = .float64 } },
  ]

  static let inputName = "serving_default_keras_tensor:0"
}
