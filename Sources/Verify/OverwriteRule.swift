internal import Graph
internal import Ops
internal import Tensor
internal import TiledExec

/// Which results of a step may cover what the same step reads.
struct OverwriteRule {
  private let binding: PlanBinding
  private let step: PlanStep
  private let node: GraphNode
  /// By operand, as far as somebody asked.
  private var lastReads: [Int: LastReads] = [:]

  init(_ binding: PlanBinding, _ step: PlanStep) {
    self.binding = binding
    self.step = step
    node = binding.node(of: step)
  }

  /// Whether a byte of `new` may be written where `old`, read by the step, lies.
  ///
  /// `finish` reads sums in the order in which it writes results. For the rest the operator states its rule;
  /// it must hold for every operand that is the old byte's tensor.
  mutating func allows(_ new: AddressMap.Owner, over old: AddressMap.Owner) -> Bool {
    if old.isSum {
      return step.phase == .finish && old.tensor == new.tensor && old.index <= new.index
    }
    guard !new.isSum, let output = node.outputs.firstIndex(of: new.tensor) else { return false }
    for operand in node.inputs.indices where node.inputs[operand] == old.tensor {
      switch node.operation.inPlace(node.signature, operand: operand, output: output) {
      case .never: return false
      case .sameAddress:
        guard old.index == new.index && old.byte == new.byte else { return false }
      case .inOrder:
        guard isPast(operand, old.index, at: new.index, of: output) else { return false }
      }
    }
    return true
  }

  /// Whether no result after `result` reads the element `element` of an operand.
  private mutating func isPast(
    _ operand: Int, _ element: Int, at result: Int, of output: Int
  ) -> Bool {
    // The rule speaks of the order of one result's elements, not of several results.
    guard node.outputs.count == 1, let tile = binding.tiles(of: step).first else { return false }
    let reads =
      lastReads[operand]
      ?? LastReads(node.accesses[output], operand: operand, tile: tile.region)
    lastReads[operand] = reads
    let shape = node.signature.input(operand).shape
    guard let last = reads.result(at: shape.coordinate(at: element)) else { return true }
    return node.signature.outputs[output].shape.index(of: last) <= result
  }
}
