public import Graph
internal import Ops
internal import Tensor

/// An estimate of the arena's tail: what TensorFlow Lite Micro keeps there for as long as the model is loaded.
///
/// It follows the interpreter's allocations in order, each aligned as there, for the model's one subgraph and
/// the reference kernels. Sizes of structures are those of `MicroStructures` and `MicroMemory`; optimized
/// kernels keep more or less for operators, and older or newer versions differ. The interpreter, its operator
/// resolver and what they point to in the file lie outside the arena.
public struct MicroTail: Hashable, Sendable {
  /// What tensors are at run time, one structure each, constants included.
  public private(set) var evalTensors = 0
  /// What operators are at run time, one structure each.
  public private(set) var nodes = 0
  /// The attributes and the data of operators, arrays per channel included, and a pointer per scratch buffer.
  public private(set) var operatorData = 0
  /// What recurrent networks keep from one run to the next.
  public private(set) var variables = 0
  /// The descriptions of inputs and outputs that the application sees.
  public private(set) var interface = 0
  /// The allocators, the memory planner and the list of subgraphs.
  public private(set) var planner = 0

  /// The bytes of all.
  public var bytes: Int { evalTensors + nodes + operatorData + variables + interface + planner }

  /// The parts with the names that people are shown, in the order of allocation.
  public var parts: [(name: String, bytes: Int)] {
    [
      ("allocators and planner", planner), ("tensors", evalTensors), ("nodes", nodes),
      ("operator data", operatorData), ("variables", variables), ("inputs and outputs", interface),
    ]
  }

  /// Estimates the tail for a machine whose pointers take `pointerSize` bytes: 4, or 8.
  ///
  /// - Complexity: linear in the tensors and operators.
  public init(_ graph: Graph, pointerSize: Int = 4) {
    let structures = MicroStructures(pointerSize: pointerSize)
    var end = 0
    /// The bytes by which the tail grows downwards.
    func grow(_ size: Int, _ alignment: Int) -> Int {
      let before = end
      end = (end + size).roundedUp(to: alignment)
      return end - before
    }
    for size in structures.allocators { planner += grow(size, pointerSize) }
    evalTensors += grow(graph.recordedTensorCount * structures.evalTensor, pointerSize)
    nodes += grow(graph.nodes.count * structures.node, pointerSize)
    let kernels = graph.nodes.map { $0.operation.microMemory($0.signature) }
    for kernel in kernels where kernel.attributes > 0 {
      operatorData += grow(kernel.attributes, min(kernel.attributes, 4))
    }
    for kernel in kernels {
      let data = pointerSize > 4 ? kernel.wideData : kernel.data
      for size in [data] + kernel.arrays where size > 0 {
        operatorData += grow(size, MicroBuffer.alignment)
      }
    }
    let scratch = kernels.reduce(0) { $0 + $1.scratch.count }
    operatorData += grow(scratch * pointerSize, pointerSize)
    for variable in graph.variables {
      variables += grow(
        graph.tensors[variable.before].type.sizeInBytes, MicroBuffer.alignment)
    }
    for tensors in [graph.modelInputs, graph.modelOutputs] {
      interface += grow(tensors.count * pointerSize, MicroBuffer.alignment)
      for tensor in tensors {
        interface += grow(structures.tensor, pointerSize)
        guard let quantization = graph.tensors[tensor].type.quantization else { continue }
        interface += grow(structures.quantization, pointerSize)
        interface += grow(4 + 4 * quantization.zeroPoints.count, 4)
      }
    }
  }
}
