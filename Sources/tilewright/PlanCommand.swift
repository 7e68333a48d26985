import ArgumentParser
import Files
import Graph
import Ops
import Planning
import Reporting
import TFLite
import Tensor
import Verify

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Writes a plan: as JSON, or into a model for TensorFlow Lite Micro.",
    discussion: """
      Without a plan or a tiling, every operator runs whole. --emit-offline writes the model again with \
      the plan's offsets as its offline memory plan; it takes plans of whole operators in the order of \
      the file, and makes such a one, whatever --order says. Nothing is written that `tilewright lint` \
      finds fault with.
      """)

  @OptionGroup var options: ModelOptions
  @OptionGroup var planOptions: PlanOptions

  @Option(help: "Write the plan to this file, as JSON.")
  var output: String?

  @Option(help: "Write the model, with the plan's offsets in it, to this file.")
  var emitOffline: String?

  func validate() throws {
    if emitOffline != nil && planOptions.order == .least {
      throw ValidationError("--emit-offline keeps the order of the file; leave out --order least.")
    }
    try options.requireOwnFiles(output, emitOffline)
    if output == nil && emitOffline == nil {
      throw ValidationError("Say what to write: --output PLAN.json or --emit-offline OUT.tflite.")
    }
  }

  func run() throws {
    try options.checkOutputs(output, emitOffline)
    let file = try MappedFile.bytes(of: options.model)
    let imported = try ImportedModel(parsing: file)
    let graph = try imported.graph()
    let given = try planOptions.soundBinding(graph, profile: options.profile)
    var planning = planOptions.planning
    if emitOffline != nil {
      planning.order = .file
      planning.leavesRoomForMicroScratch = true
    }
    let plan =
      given?.0.plan
      ?? TilingLowering.untiled(graph, profile: options.profile, options: planning)
    let emitted = try emitOffline.map { _ in
      try EmittedModel(plan, of: imported, graph, file: file)
    }
    var files = OutputFiles()
    files.add(plan.json, at: output)
    if let emitted { files.add(emitted.content, at: emitOffline) }
    let written = try files.write()
    try Terminal.show(
      PlanDocument(
        model: options.name, profile: options.profile.name, plan: given?.name ?? "untiled",
        steps: plan.steps.count, buffers: plan.buffers.count, peakInBytes: plan.peakInBytes,
        arenaInBytes: emitted?.arenaInBytes,
        onlineArenaInBytes: emitted.flatMap { _ in MicroGreedyPlanner.plan(graph)?.headBytes },
        files: written),
      json: options.json)
  }
}
