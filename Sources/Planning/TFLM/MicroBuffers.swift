internal import Graph
internal import Ops
internal import Tensor

/// The buffers of a network, in the order in which TensorFlow Lite Micro hands them to its planner.
///
/// Source: `AllocationInfoBuilder` of `micro_allocation_info.cc`. The network is the model's first subgraph;
/// tensors of others, and a variable that no operator uses, are not in a graph. A result whose shape the file
/// leaves open is planned there as one element, here as what the operator makes.
enum MicroBuffers {
  /// Tensors by index, then scratch by operator.
  ///
  /// Constants and empty tensors need no bytes. What variables hold lies apart, unless `fixedOffsets`, by
  /// tensor, gives the first version an address.
  static func buffers(of graph: Graph, fixedOffsets: [Int?]) -> [MicroBuffer] {
    let scopes = scopes(in: graph)
    var buffers: [MicroBuffer] = []
    for (index, tensor) in graph.tensors.enumerated()
    where tensor.constant == nil && tensor.type.sizeInBytes > 0 {
      let offset = index < fixedOffsets.count ? fixedOffsets[index] : nil
      let isVariable = graph.variableOf[index] != nil
      guard !isVariable || offset != nil && graph.recordedTensor(of: index) == index else {
        continue
      }
      buffers.append(
        MicroBuffer(
          .tensor(index), sizeInBytes: tensor.type.sizeInBytes, scopes: scopes[index],
          fixedOffset: offset))
    }
    for (op, node) in graph.nodes.enumerated() {
      buffers += node.operation.microMemory(node.signature).scratch.map {
        MicroBuffer(.scratch(op: op), sizeInBytes: $0, scopes: op + 1...op + 1)
      }
    }
    return buffers
  }

  /// When each tensor is in use.
  ///
  /// An input of the network is in use before the first operator, an output until after the last. Mostly no
  /// operator of the file makes a variable, which then counts from -1 to the last operator that reads it.
  private static func scopes(in graph: Graph) -> [ClosedRange<Int>] {
    var first = [Int?](repeating: nil, count: graph.tensors.count)
    var last = [Int](repeating: -1, count: graph.tensors.count)
    func use(_ tensor: Int, at scope: Int, creates: Bool = true) {
      if creates && first[tensor] == nil { first[tensor] = scope }
      last[tensor] = scope
    }
    for tensor in graph.modelInputs { use(tensor, at: 0) }
    for (op, node) in graph.nodes.enumerated() {
      for case let tensor? in node.inputs {
        use(graph.recordedTensor(of: tensor), at: op + 1, creates: false)
      }
      let stateIsResult = type(of: node.operation).stateIsResult
      for tensor in node.outputs {
        use(stateIsResult ? graph.recordedTensor(of: tensor) : tensor, at: op + 1)
      }
    }
    for tensor in graph.modelOutputs {
      use(graph.recordedTensor(of: tensor), at: graph.nodes.count)
    }
    return zip(first, last).map { ($0 ?? -1)...$1 }
  }
}

extension Graph {
  /// How many tensors the model's first subgraph has: those of the graph but for later versions of variables.
  var recordedTensorCount: Int {
    tensors.count - variables.reduce(0) { $0 + $1.versions.count - 1 }
  }

  /// The tensor of the file that a tensor of the graph stands for: of a variable, its first version.
  func recordedTensor(of tensor: Int) -> Int {
    variableOf[tensor].map { variables[$0].before } ?? tensor
  }
}
