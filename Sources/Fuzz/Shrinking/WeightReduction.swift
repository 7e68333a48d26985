internal import Graph
internal import Ops
internal import Tensor

/// Sets weights and biases to zero: all of a tensor, or halves and quarters of it.
struct WeightReduction: CaseReduction {
  func candidates(of original: FuzzCase) -> [() -> [FuzzCase]] {
    let graph = original.graph
    let consumers = graph.consumers
    let summed = graph.tensors.indices.filter { tensor in
      // Elsewhere constants may be shapes, indices or padding.
      graph.tensors[tensor].constant != nil
        && consumers[tensor].allSatisfy { type(of: graph.nodes[$0].operation).countsMACs }
    }
    return summed.flatMap { tensor -> [() -> [FuzzCase]] in
      let count = graph.tensors[tensor].type.shape.count
      let parts = [1, 2, 4].filter { $0 <= count }.flatMap { parts in
        (0..<parts).map { part in part * count / parts..<(part + 1) * count / parts }
      }
      return parts.map { part in { Self.resetting(part, of: tensor, in: original) } }
    }
  }

  /// The case with some elements of a constant at zero; none if they are already.
  private static func resetting(
    _ elements: Range<Int>, of index: Int, in original: FuzzCase
  ) -> [FuzzCase] {
    let tensor = original.graph.tensors[index]
    guard let constant = tensor.constant else { return [] }
    let size = tensor.type.element.sizeInBytes
    let bytes = elements.lowerBound * size..<elements.upperBound * size
    var values = constant.elements(of: UInt8.self)
    let reset = tensor.type.resetValue.elements(of: UInt8.self)
    guard values.count == reset.count, values[bytes] != reset[bytes] else { return [] }
    values.replaceSubrange(bytes, with: reset[bytes])
    var sketch = GraphSketch(original.graph)
    sketch.tensors[index] = GraphTensor(
      name: tensor.name, type: tensor.type, constant: Bytes(copying: values))
    return sketch.graph.map { [FuzzCase($0, original.recipe)] } ?? []
  }
}
