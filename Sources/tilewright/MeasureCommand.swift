import ArgumentParser
import Graph
import Ops
import Planning
import Reporting
import TiledExec
import Verify

struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Runs a model in a real arena and measures bytes and multiply-accumulates.",
    discussion: """
      Without a plan, every operator runs whole. Beside the peak stand lower bounds, for each rule of what \
      may lie in place, and what TensorFlow Lite Micro takes.
      """)

  @OptionGroup var options: ModelOptions
  @OptionGroup var planOptions: PlanOptions

  func run() throws {
    let graph = try options.graph()
    let profile = options.profile
    let given = try planOptions.soundBinding(graph, profile: profile)
    let binding =
      try given?.0
      ?? PlanBinding(
        TilingLowering.untiled(graph, profile: profile, options: planOptions.planning), to: graph)
    let executor = try Executor(binding)
    // Two poisons between them leave no written byte unseen.
    let sample = Sample.standard(for: graph, random: 1, seed: 0)[3]
    let executions = try [0xA5, 0x5A].map { try executor.run(sample.inputs, poison: $0) }
    let memory = MemoryProfile(binding)
    try Terminal.show(
      MeasureDocument(
        model: options.name, plan: given?.name ?? "untiled", binding,
        measuredPeakInBytes: executions.map(\.highestByteWritten).max() ?? 0,
        macsByOperator: executions[0].macsByOperator, liveBytes: memory.liveBytes,
        peakStep: memory.bindingStep, bindingBuffers: memory.bindingBuffers,
        bounds: InPlacePolicy.allCases.map { policy in
          let bounds = MemoryBounds(binding, inPlace: policy)
          return MeasureDocument.Bound(
            inPlace: policy.rawValue, inItsOrder: bounds.inItsOrder,
            inAnyOrder: bounds.inAnyOrder, isReached: bounds.isReached)
        },
        micro: MeasureDocument.MicroArena(
          plannedInBytes: MicroGreedyPlanner.plan(graph)?.headBytes,
          largestScratchInBytes: graph.nodes.map {
            $0.operation.microMemory($0.signature).scratch.reduce(0, +)
          }.max() ?? 0,
          persistent: MicroTail(graph).parts)),
      json: options.json)
  }
}
