import Fuzz
import Graph
import Ops
import Tensor
import TestSupport
import Testing
import TiledExec
import Verify

@Suite struct GraphGeneratorTests {
  @Test(arguments: Budget.blocks(of: 250, draws: 2000))
  func everyNetworkRuns(_ seeds: Range<UInt64>) throws {
    let generator = try GraphGenerator(GenerationOptions())
    for seed in seeds {
      let graph = generator.graph(seed: seed)
      let samples = Sample.standard(for: graph, random: 1, seed: seed)
      for profile in Profile.all {
        let executor = try Executor(
          PlanBinding(Plan.identity(graph, profile: profile), to: graph))
        for sample in samples {
          let run = try executor.run(sample.inputs, isShadowed: sample.name == "all zero")
          #expect(
            run.shadowFindings.isEmpty,
            "\(profile.name), \(Budget.replay(seed, suite: "GraphGeneratorTests"))")
        }
      }
    }
  }

  /// The untiled program passes all checks, the comparison with real numbers among them.
  @Test(arguments: Budget.blocks(of: 100, draws: 400))
  func everyNetworkIsEquivalentToItself(_ seeds: Range<UInt64>) throws {
    let generator = try GraphGenerator(GenerationOptions())
    for seed in seeds {
      let graph = generator.graph(seed: seed)
      for profile in Profile.all {
        let report = try Verifier.verify(
          PlanBinding(Plan.identity(graph, profile: profile), to: graph),
          on: Sample.standard(for: graph, random: 1, seed: seed), seed: seed)
        #expect(
          report.verdict == .equivalent,
          "\(profile.name), \(Budget.replay(seed, suite: "GraphGeneratorTests"))")
      }
    }
  }

  @Test func aSeedIsANetwork() throws {
    let generator = try GraphGenerator(GenerationOptions())
    for seed in UInt64(0)..<100 {
      let (one, other) = (generator.graph(seed: seed), generator.graph(seed: seed))
      #expect(one.tensors == other.tensors)
      #expect(one.nodes.map(\.operation.options) == other.nodes.map(\.operation.options))
      #expect(one.nodes.map(\.operatorName) == other.nodes.map(\.operatorName))
      #expect(one.nodes.map(\.inputs) == other.nodes.map(\.inputs))
      #expect(one.nodes.map(\.outputs) == other.nodes.map(\.outputs))
      #expect(one.inputs == other.inputs)
      #expect(one.outputs == other.outputs)
      #expect(one.variables == other.variables)
      #expect(one.tensors != generator.graph(seed: seed + 1).tensors)
    }
  }

  @Test func networksAreAsLargeAsTheOptionsSay() throws {
    let options = try GenerationOptions(operatorCount: 3...5, largestExtent: 8)
    for seed in UInt64(0)..<300 {
      let graph = GraphGenerator(options).graph(seed: seed)
      #expect((3...5).contains(graph.nodes.count))
      for tensor in graph.tensors where tensor.constant == nil {
        #expect(tensor.type.shape.count <= options.largestTensor)
      }
    }
  }

  @Test(arguments: GenerationOptions.allOperators)
  func anyOperatorAloneMakesNetworks(_ name: String) throws {
    let generator = try GraphGenerator(GenerationOptions(operators: [name]))
    for seed in UInt64(0)..<20 {
      let names = generator.graph(seed: seed).nodes.map(\.operatorName)
      #expect(Set(names) == [name])
    }
  }

  @Test func whatNothingReadsIsAnOutput() throws {
    let generator = try GraphGenerator(GenerationOptions())
    for seed in UInt64(0)..<300 {
      let graph = generator.graph(seed: seed)
      for node in graph.nodes {
        for tensor in node.outputs where graph.consumers[tensor].isEmpty {
          #expect(graph.outputs.contains(tensor))
        }
      }
      for input in graph.modelInputs { #expect(!graph.consumers[input].isEmpty) }
    }
  }

  @Test func optionsAreChecked() {
    #expect(throws: GenerationError.noSuchOperator("CONV")) {
      try GenerationOptions(operators: ["CONV"])
    }
    #expect(throws: GenerationError.noOperators) { try GenerationOptions(operators: []) }
    #expect(throws: GenerationError.operatorCount(0...3)) {
      try GenerationOptions(operatorCount: 0...3)
    }
    #expect(throws: GenerationError.largestExtent(0)) { try GenerationOptions(largestExtent: 0) }
  }
}
