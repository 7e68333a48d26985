internal import Graph
internal import Ops
internal import Tensor

extension CheckedGroup {
  /// The operator of the group that makes a tensor, if one does.
  func producer(of tensor: Int) -> Int? { producers[tensor] }

  /// What a tile of the result of `op` reads of tensors that the group makes, each tensor once; those that are
  /// made early first.
  func needs(of op: Int, for tile: Region) -> [(tensor: Int, region: Region)] {
    var needs: [(tensor: Int, region: Region)] = []
    for (operand, input) in graph.nodes[op].inputs.enumerated() {
      guard let input, producers[input] != nil,
        let need = need(of: operand, op: op, for: tile)
      else { continue }
      if let known = needs.firstIndex(where: { $0.tensor == input }) {
        needs[known].region = needs[known].region.union(need)
      } else {
        needs.append((input, need))
      }
    }
    if group.early.isEmpty { return needs }
    return needs.filter { isEarly($0.tensor) } + needs.filter { !isEarly($0.tensor) }
  }

  private func isEarly(_ tensor: Int) -> Bool {
    producers[tensor].map(group.early.contains) ?? false
  }

  /// What the group makes of each tensor so that `tiles` of some are made.
  func needs(for tiles: [Int: Region]) -> [Int: Region] {
    var needs = tiles
    for op in group.ops.reversed() {
      let node = graph.nodes[op]
      for (output, tensor) in node.outputs.enumerated() {
        guard let region = needs[tensor], !region.isEmpty else { continue }
        for (operand, input) in node.inputs.enumerated() {
          guard let input, producers[input] != nil,
            let need = need(of: operand, op: op, for: region, output: output)
          else { continue }
          needs[input] = needs[input]?.union(need) ?? need
        }
      }
    }
    return needs
  }
}
