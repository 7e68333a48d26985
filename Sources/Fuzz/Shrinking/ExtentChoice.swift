internal import Graph
internal import Ops
internal import Tensor

/// Which extents an operator's results may have when its operands have others.
struct ExtentChoice {
  /// What an extent was, and what it is.
  typealias Change = (old: Int, new: Int)

  /// The most combinations of extents that are tried; beyond, one axis at a time differs from the likely ones.
  private static let largestCount = 256
  /// The largest extent that is tried where attributes decide.
  private static let largestExtent = 16

  private let node: GraphNode
  /// Changes of axes that no result follows, of all axes of an operand together first.
  private(set) var sums: [Change] = []
  /// By result, the extents of the axes that may change, the likely one first.
  private var choices: [[Int: [Int]]] = []

  /// Looks at an operator some of whose operands have the new `extents`; `isChanged` tells that its attributes or
  /// constants are others.
  init(_ node: GraphNode, _ graph: Graph, extents: [Int: [Int]], isChanged: Bool) {
    self.node = node
    let changes = node.inputs.indices.flatMap { operand -> [(operand: Int, axis: Int, Change)] in
      guard let input = node.inputs[operand], let new = extents[input] else { return [] }
      let old = graph.tensors[input].type.shape.extents
      return old.indices.filter { old[$0] != new[$0] }.map { (operand, $0, (old[$0], new[$0])) }
    }
    let largest =
      node.inputs.compactMap { $0 }.flatMap {
        extents[$0] ?? graph.tensors[$0].type.shape.extents
      }.max() ?? 1
    for (output, access) in node.accesses.enumerated() {
      let old = node.signature.outputs[output].shape.extents
      var choices: [Int: [Int]] = [:]
      func add(_ axis: Int, likely: Int, upTo bound: Int) {
        let extents = (1...max(old[axis], bound, 1)).reversed()
        choices[axis] = [likely] + extents.filter { $0 != likely }
      }
      for (operand, axes) in access.operands.enumerated()
      where isChanged && node.isActivation(operand) {
        for case let entry in axes {
          if let axis = entry.outputAxis, entry != .window(axis: axis) {
            add(axis, likely: old[axis], upTo: min(largest, Self.largestExtent))
          }
        }
      }
      for (operand, axis, change) in changes {
        let entry = access.operands[operand][axis]
        guard let follower = entry.outputAxis else { continue }
        add(follower, likely: entry.likely(old[follower], after: change), upTo: 1)
      }
      self.choices.append(choices)
    }
    sums = Self.sums(node, changes)
  }

  /// Whether an axis changed that no result follows.
  var changesSums: Bool { !sums.isEmpty }

  /// Combinations of extents, by result; `fixed` are those that are settled.
  func shapes(_ fixed: [[Int]?]) -> [[[Int]]] {
    let old = node.signature.outputs.map(\.shape.extents)
    let isSplit = old.count > 1 && Set(old).count == 1 && fixed.allSatisfy { $0 == nil }
    if isSplit { return shapes(output: 0).map { shape in old.map { _ in shape } } }
    let shapes = old.indices.map { output in
      fixed[output].map { [$0] } ?? self.shapes(output: output)
    }
    if let only = shapes.first, shapes.count == 1 { return only.map { [$0] } }
    let count = shapes.reduce(1) { min($0 * $1.count, Self.largestCount + 1) }
    return count <= Self.largestCount ? Self.products(shapes) : [shapes.map { $0[0] }]
  }

  /// The shapes of a result, the likely ones first, and those in which one axis more is another.
  private func shapes(output: Int) -> [[Int]] {
    let old = node.signature.outputs[output].shape.extents
    let lists = old.indices.map { choices[output][$0] ?? [old[$0]] }
    let count = lists.reduce(1) { min($0 * $1.count, Self.largestCount + 1) }
    let likely = lists.map { $0[0] }
    var shapes = count <= Self.largestCount ? Self.products(lists) : [likely]
    for base in likely == old ? [old] : [likely, old] {
      for axis in base.indices {
        let others = count <= Self.largestCount ? [] : lists[axis]
        for extent in others + smaller(old[axis]) where extent != base[axis] {
          var shape = base
          shape[axis] = extent
          shapes.append(shape)
        }
      }
    }
    return shapes
  }

  /// What an axis may become that follows none that changed, the likely extents first.
  private func smaller(_ extent: Int) -> [Int] {
    let likely = sums.flatMap { change in
      (change.old == extent ? [change.new] : [])
        + (change.old > 0 && extent * change.new % change.old == 0
          ? [extent * change.new / change.old] : [])
    }
    return likely + (extent > 1 ? (1..<extent).suffix(Self.largestCount).reversed() : [])
  }

  private static func sums(
    _ node: GraphNode, _ changes: [(operand: Int, axis: Int, change: Change)]
  ) -> [Change] {
    func isFollowed(_ operand: Int, _ axis: Int) -> Bool {
      node.accesses.contains { $0.operands[operand][axis].outputAxis != nil }
    }
    let free = changes.filter { !isFollowed($0.operand, $0.axis) }
    let products = Set(free.map(\.operand)).sorted().map { operand -> Change in
      let old = node.signature.input(operand).shape.extents
      let summed = old.indices.filter { !isFollowed(operand, $0) }
      let new = free.filter { $0.operand == operand }
      return (
        summed.reduce(1) { $0 * old[$1] },
        summed.reduce(1) { product, axis in
          product * (new.first { $0.axis == axis }?.change.new ?? old[axis])
        }
      )
    }
    return products + free.map(\.change)
  }

  /// All combinations of one choice each, in order.
  private static func products<Choice>(_ choices: [[Choice]]) -> [[Choice]] {
    choices.reduce([[]]) { found, choices in
      found.flatMap { prefix in choices.map { prefix + [$0] } }
    }
  }
}

extension AxisAccess {
  /// Whether no result follows the axis, all of which is read.
  var isSummedOrWhole: Bool { self == .reduced || self == .whole }

  /// The likely extent of a result's axis that had `extent`, when what it reads changes.
  fileprivate func likely(_ extent: Int, after change: ExtentChoice.Change) -> Int {
    if case .window(_, 1, 1, _, _) = self, extent == change.old { return change.new }
    return max(1, extent * change.new / max(change.old, 1))
  }
}
