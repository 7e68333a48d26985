import ArgumentParser
import Files
import Graph
import Ops
import Planning
import Reporting
import Tensor
import TiledExec

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a model on given inputs and writes its outputs.",
    discussion: """
      Reads in0.npy, in1.npy, ... and writes out0.npy, out1.npy, ...; --dump-all writes every \
      tensor that an operator makes as t{I}.npy as well. What a recurrent model keeps between runs \
      is read from state0.npy, ... where these are there, else reset, and written to state0.npy, ...
      """)

  @OptionGroup var options: ModelOptions
  @OptionGroup var planOptions: PlanOptions

  @Option(help: "A folder with in0.npy, in1.npy, ... and, to go on from a state, state0.npy, ...")
  var inputs: String

  @Option(
    help:
      "The folder to write out0.npy, out1.npy, ... to; made if need be, but not what it lies in.")
  var outputs: String

  @Flag(help: "Write every tensor, not only the outputs; every operator then runs whole.")
  var dumpAll = false

  @Flag(help: "Check every element that is read or written against a shadow of the arena.")
  var shadow = false

  func validate() throws {
    if dumpAll && (planOptions.plan ?? planOptions.tiling) != nil {
      throw ValidationError("--dump-all goes without --plan and --tiling: tiles are no tensors.")
    }
  }

  func run() throws {
    let graph = try options.graph()
    var folder = ArrayFolder(outputs)
    let values = try ArrayFolder(inputs).inputs(of: graph)
    let given = try planOptions.soundBinding(graph, profile: options.profile)
    try folder.create()
    var dumped: [RunDocument.Tensor] = []
    var results: Results?
    if let binding = given?.0 {
      results = try execute(binding, values)
    } else {
      if shadow {
        let apart = try PlanBinding(
          Plan.identity(graph, profile: options.profile), to: graph)
        results = try execute(apart, values)
      }
      if results == nil || dumpAll {
        results = try execute(graph, values) { tensor, value in
          guard dumpAll else { return }
          let path = try folder.write(value, of: graph.tensors[tensor].type, as: "t\(tensor)")
          dumped.append(
            .init(tensor, of: graph, sha256: ContentHash.sha256(of: value), path: path))
        }
      }
    }
    guard let results else { return }
    let paths = try folder.writeOutputs(results.outputs, as: "out", of: graph)
    let written = graph.outputs.indices.map { index in
      RunDocument.Tensor(
        graph.outputs[index], of: graph,
        sha256: ContentHash.sha256(of: results.outputs[index]), path: paths[index])
    }
    try Terminal.show(
      RunDocument(
        model: options.name, profile: options.profile.name, plan: given?.name,
        peakInBytes: given?.0.plan.peakInBytes, macs: results.macs,
        outputs: Array(written.prefix(graph.modelOutputs.count)),
        state: Array(written.dropFirst(graph.modelOutputs.count)), dumped: dumped),
      json: options.json)
  }

  /// What a run computed, and the multiply-accumulates that it took.
  private typealias Results = (outputs: [Bytes], macs: Int)

  /// Runs a plan.
  private func execute(_ binding: PlanBinding, _ values: [Bytes]) throws -> Results {
    let execution = try Executor(binding).run(values, isShadowed: shadow)
    guard execution.shadowFindings.isEmpty else {
      throw ShadowedPlan(findings: execution.shadowFindings)
    }
    return (execution.outputs, execution.macs)
  }

  /// Runs the network itself, and tells `made` of every tensor that an operator makes.
  private func execute(
    _ graph: Graph, _ values: [Bytes], made: (Int, Bytes) throws -> Void
  ) throws -> Results {
    var run = try NetworkRun(
      NetworkExecutor(graph, profile: options.profile), inputs: values)
    while let op = run.performNextOperator() {
      for tensor in graph.nodes[op].outputs {
        if let value = run.value(of: tensor) { try made(tensor, value) }
      }
    }
    return (run.outputs, graph.macs)
  }
}
