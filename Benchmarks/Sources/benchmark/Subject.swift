import Files
import Graph
import Ops
import Planning
import TFLite
import TiledExec
import Verify

/// A network with the plan that a search finds for it, and what checking that plan costs.
struct Subject {
  let name: String
  private let graph: Graph
  private let reference: NetworkExecutor
  /// The network as a plan of whole operators.
  private let whole: Executor
  private let plan: Executor
  private let sample: Sample
  private let rounds = 7

  init(name: String, path: String) throws {
    self.name = name
    graph = try ImportedModel(parsing: MappedFile.bytes(of: path)).graph()
    reference = try NetworkExecutor(graph, profile: .tflm)
    whole = try Executor(PlanBinding(Plan.identity(graph, profile: .tflm), to: graph))
    plan = try Executor(
      PlanBinding(Self.leastPlan(of: graph), to: graph))
    sample = Sample.standard(for: graph, random: 1, seed: 0)[3]
  }

  /// The symbolic check of a plan, both programs, to one run of the network on numbers.
  func symbolicCheckOfPlan() throws -> Ratio {
    try Ratio(rounds: rounds) {
      _ = try SymbolicCheck.run(plan, reference: reference, seed: 0)
    } to: {
      _ = try reference.run(sample.inputs)
    }
  }

  /// The symbolic check of another model, as large as this one, to one run of the network.
  func symbolicCheckOfModel() throws -> Ratio {
    try Ratio(rounds: rounds) {
      _ = try SymbolicCheck.run(whole, reference: reference, seed: 0, identity: .parameters)
    } to: {
      _ = try reference.run(sample.inputs)
    }
  }

  /// A run of the plan in the shadow arena, to one without.
  func shadowRun() throws -> Ratio {
    try Ratio(rounds: rounds) {
      _ = try plan.run(sample.inputs, isShadowed: true)
    } to: {
      _ = try plan.run(sample.inputs)
    }
  }

  /// All that `verify` does, search and sixteen samples included, in seconds.
  func verification() throws -> Double {
    try Ratio.seconds {
      _ = try Verifier.verify(
        PlanBinding(Self.leastPlan(of: graph), to: graph),
        on: Sample.standard(for: graph, random: 16, seed: 0), seed: 0)
    }
  }

  /// How long the search for a model's whole frontier takes, in seconds.
  static func searchSeconds(path: String) throws -> Double {
    let graph = try ImportedModel(parsing: MappedFile.bytes(of: path)).graph()
    return try Ratio.seconds { _ = FrontierSearch(graph, profile: .tflm).frontier() }
  }

  /// The plan that `verify` finds: the one with the lowest peak that adds no multiply-accumulates.
  private static func leastPlan(of graph: Graph) -> Plan {
    FrontierSearch(graph, profile: .tflm, options: SearchOptions(largestOverhead: 0))
      .frontier().least.plan
  }
}
