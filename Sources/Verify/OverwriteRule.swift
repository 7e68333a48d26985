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
  private var lastReads: [Int: LastReadTable] = [:]

  init(_ binding: PlanBinding, _ step: PlanStep) {
    self.binding = binding
    self.step = step
    node = binding.node(of: step)
  }

  /// Whether all of `byteCount` bytes of `new` may be written where `old`, read by the step, lies.
  ///
  /// `finish` reads sums in the order in which it writes results. For the rest the operator states its rule;
  /// it must hold for every operand that is the old bytes' tensor.
  ///
  /// - Complexity: linear in the elements of `old`.
  mutating func allows(_ new: OwnerRun, over old: OwnerRun, byteCount: Int) -> Bool {
    if old.first == .nothing { return true }
    if old.first.isSum {
      return step.phase == .finish && old.first.tensor == new.first.tensor
        && Self.isPast(old, at: new, byteCount) { $0 }
    }
    guard !new.first.isSum, let output = node.outputs.firstIndex(of: new.first.tensor) else {
      return false
    }
    for operand in node.inputs.indices where node.inputs[operand] == old.first.tensor {
      switch node.operation.inPlace(node.signature, operand: operand, output: output) {
      case .never: return false
      case .sameAddress:
        guard old.position(at: 0) == new.position(at: 0), old.width == new.width else {
          return false
        }
      case .inOrder:
        guard let reads = reads(of: operand, by: output),
          Self.isPast(old, at: new, byteCount, last: reads.result)
        else { return false }
      }
    }
    return true
  }

  /// Whether no element of `old` is read after the result that covers its first byte, and so after any that
  /// covers it; `last` is the result that reads an element last, `nil` where none does.
  private static func isPast(
    _ old: OwnerRun, at new: OwnerRun, _ byteCount: Int, last: (Int) -> Int?
  ) -> Bool {
    let (position, start) = (new.position(at: 0), old.position(at: 0))
    var (element, offset) = (old.first.index, 0)
    while offset < byteCount {
      if let last = last(element), last > (position + offset) / new.width { return false }
      element += 1
      offset = element * old.width - start
    }
    return true
  }

  /// Which results read each element of an operand last; `nil` where several results are made.
  private mutating func reads(of operand: Int, by output: Int) -> LastReadTable? {
    // The rule speaks of the order of one result's elements, not of several results.
    guard node.outputs.count == 1, let tile = binding.tiles(of: step).first else { return nil }
    if let known = lastReads[operand] { return known }
    let table = LastReadTable(
      node.accesses[output], operand: operand, tile: tile.region,
      elements: node.signature.input(operand).shape, results: node.signature.outputs[output].shape)
    lastReads[operand] = table
    return table
  }
}
