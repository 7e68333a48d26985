internal import Graph
internal import Ops

/// Sets attributes of operators to what they are where nothing is asked for: no stride, no dilation, no activation.
struct AttributeReduction: CaseReduction {
  func candidates(of original: FuzzCase) -> [() -> [FuzzCase]] {
    let graph = original.graph
    return graph.nodes.indices.flatMap { op -> [() -> [FuzzCase]] in
      let operation = graph.nodes[op].operation
      let options = operation.options
      return options.values.keys.sorted().flatMap { slot in
        Self.simpler(options.values[slot]).map { value in
          {
            var options = options
            options.values[slot] = value
            guard
              let simpler = try? type(of: operation).init(operation.builtin, options: options)
            else { return [] }
            return original.resized(GraphResizing.graph(graph, op: op, simpler))
          }
        }
      }
    }
  }

  private static func simpler(_ value: OptionValues.Value?) -> [OptionValues.Value] {
    switch value {
    case .int8(let value): value == 0 ? [] : [.int8(0)]
    case .int32(let value): [0, 1].filter { $0 < value }.map { .int32($0) }
    case .bool(true): [.bool(false)]
    case .bool, .float32, .int32s, .routine, nil: []
    }
  }
}
