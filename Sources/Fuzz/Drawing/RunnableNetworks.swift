internal import Graph
internal import Ops
internal import Tensor

/// Networks on which implementations are compared: those of even numbers have one operator, of each family in
/// turn, the others have several.
public struct RunnableNetworks: Sendable {
  /// How many networks are drawn for one that an implementation has kernels for.
  private static let largestAttemptCount = 2000

  private let families: [any Operator.Type]
  private let options: GenerationOptions
  private let generator: GraphGenerator
  private let seed: UInt64

  /// Draws the operators of `options`.
  public init(_ options: GenerationOptions, seed: UInt64) {
    families = Catalog.operators.filter { family in
      family.fillsResults && family.builtins.contains { options.operators.contains($0.name) }
    }
    self.options = options
    generator = GraphGenerator(options)
    self.seed = seed
  }

  /// The network of a number, and values for so many runs; `nil` where no implementation has kernels for
  /// anything that was tried.
  public func network(_ number: Int, caseCount: Int) -> DrawnNetwork? {
    var random = SplitMix64(seed: seed)
    var seeds = SplitMix64(seed: random.next() ^ UInt64(number))
    for _ in 0..<Self.largestAttemptCount {
      let graph = number.isMultiple(of: 2) ? oneOperator(number / 2, &seeds) : several(&seeds)
      // Without outputs nothing could be compared.
      guard let graph, !graph.modelOutputs.isEmpty else { continue }
      guard graph.nodes.allSatisfy({ type(of: $0.operation).fillsResults }), !hasTinySteps(graph)
      else { continue }
      let implementations = Profile.all.filter { profile in
        !graph.nodes.contains { $0.isStandIn(under: profile) }
      }
      guard !implementations.isEmpty, let inputs = DefinedInputs(graph) else { continue }
      return DrawnNetwork(
        graph: graph, implementations: implementations,
        cases: (0..<caseCount).map { _ in inputs.values(using: &seeds) })
    }
    return nil
  }

  private func oneOperator(_ number: Int, _ generator: inout SplitMix64) -> Graph? {
    guard !families.isEmpty else { return nil }
    let example = families[number % families.count].random(using: &generator)
    guard options.operators.contains(example.operation.builtin.name) else { return nil }
    return try? ExampleNetwork.graph(of: example)
  }

  /// Whether the 6 that RELU6 clamps to has no code of 32 bits in some steps, which implementations refuse.
  private func hasTinySteps(_ graph: Graph) -> Bool {
    graph.tensors.contains { tensor in
      tensor.constant == nil && tensor.type.quantization?.scales.contains { $0 < 0x1p-28 } ?? false
    }
  }

  private func several(_ seeds: inout SplitMix64) -> Graph? {
    let graph = generator.graph(seed: seeds.next())
    return graph.nodes.count > 1 || options.operatorCount.upperBound == 1 ? graph : nil
  }
}
