public import Graph
internal import Ops
internal import Tensor

/// Draws valid quantized networks from seeds: one seed, one network, the same everywhere.
///
/// Operators follow each other mostly in chains of maps, so that there is much to fuse. Operands that
/// remain are other tensors of that type (which makes residuals), new inputs or constants.
public struct GraphGenerator: Sendable {
  /// How many networks are drawn for one that has an output.
  private static let largestAttemptCount = 64

  /// What networks are drawn from.
  public let options: GenerationOptions
  /// The families that have an operator among the options'; those that multiply several times, so that
  /// half of what is drawn for a map does.
  private let families: [any Operator.Type]

  /// Makes a generator.
  public init(_ options: GenerationOptions) {
    self.options = options
    families = Catalog.operators.filter { family in
      family.builtins.contains { options.operators.contains($0.name) }
    }.flatMap { family in
      [any Operator.Type](repeating: family, count: family.countsMACs ? 3 : 1)
    }
  }

  /// The network of a seed.
  public func graph(seed: UInt64) -> Graph {
    var generator = SplitMix64(seed: seed)
    var attempt = 0
    while true {
      let draft = draft(using: &generator)
      attempt += 1
      guard draft.readsAllInputs else { continue }
      let graph = draft.graph(hash: "seed-\(seed)", using: &generator)
      // Some operators have no result, and there may be no others.
      if !graph.modelOutputs.isEmpty || attempt > Self.largestAttemptCount { return graph }
    }
  }

  /// A network whose first input may have been passed over by operators with inputs of their own.
  private func draft(using generator: inout SplitMix64) -> GraphDraft {
    let wanted = Int.random(in: options.operatorCount, using: &generator)
    var draft = GraphDraft(options: options)
    if Int.random(in: 0..<5, using: &generator) > 0 {
      draft.addInput(.randomInput(upTo: options.largestExtent, using: &generator))
    }
    while draft.operatorCount < wanted {
      let draw = OperatorDraw(
        families: families, options: options, spare: wanted - draft.operatorCount - 1)
      draw.append(to: &draft, using: &generator)
    }
    return draft
  }
}
