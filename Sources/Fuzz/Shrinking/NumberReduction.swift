internal import Graph
internal import Ops
internal import Tensor

/// Makes numbers smaller that are constant operands: padding, starts and ends of slices, indices.
struct NumberReduction: CaseReduction {
  func candidates(of original: FuzzCase) -> [() -> [FuzzCase]] {
    let graph = original.graph
    return graph.nodes.enumerated().flatMap { op, node in
      node.signature.inputs.enumerated().flatMap { operand, constant -> [() -> [FuzzCase]] in
        guard let constant, constant.type.quantization == nil,
          !type(of: node.operation).countsMACs
        else { return [] }
        return Self.smaller(constant).map { smaller in
          { original.resized(GraphResizing.graph(graph, op: op, operand: operand, smaller)) }
        }
      }
    }
  }

  /// The constant with one number less far from 0, for each that is above 0.
  private static func smaller(_ constant: Operand) -> [Operand] {
    switch constant.type.element {
    case .int32: smaller(constant, Int32.self)
    case .int64: smaller(constant, Int64.self)
    case .int4, .int8, .uint8, .int16, .uint16, .uint32, .uint64, .float16, .float32, .float64,
      .bool:
      []
    }
  }

  private static func smaller<Number: FixedWidthInteger & BitwiseCopyable>(
    _ constant: Operand, _ type: Number.Type
  ) -> [Operand] {
    let numbers = constant.constant?.elements(of: type) ?? []
    return numbers.enumerated().flatMap { place, number -> [Operand] in
      guard number > 0 else { return [] }
      return Set([0, number / 2, number - 1]).sorted().map { less in
        var numbers = numbers
        numbers[place] = less
        return Operand(constant.type, constant: Bytes(copying: numbers))
      }
    }
  }
}
