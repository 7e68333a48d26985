import Graph
import Ops
import Tensor
import TiledExec

/// The codes of every activation of a network on one input.
struct TensorValues {
  private let graph: Graph
  private var codes: [Int: [Int8]] = [:]

  init(_ graph: Graph, _ inputs: [Bytes]) throws {
    self.graph = graph
    let plan = Plan.identity(graph, profile: .tflm)
    var run = try PlanRun(Executor(PlanBinding(plan, to: graph)), inputs: inputs)
    while run.performNextStep() != nil {}
    for (index, buffer) in plan.buffers.enumerated() {
      codes[buffer.tensor] = run.elements(of: .init(buffer: index, region: buffer.region))
        .elements(of: Int8.self)
    }
  }

  /// All codes, row-major.
  func codes(of tensor: Int) -> [Int8] { codes[tensor] ?? [] }

  /// One code.
  func code(of tensor: Int, at coordinate: [Int]) -> Int {
    Int(codes(of: tensor)[graph.tensors[tensor].type.shape.index(of: coordinate)])
  }
}
