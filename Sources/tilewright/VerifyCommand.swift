import ArgumentParser
import Files
import Graph
import NumPy
import Ops
import Planning
import Reporting
import Tensor
import Verify

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks that a plan computes what the model computes, in the memory it claims.",
    discussion: """
      Without a plan or a tiling, the plan with the lowest peak that adds no multiply-accumulates is found and \
      verified. \
      Exit code 0: equivalent; 1: different; 5: inconclusive.
      """)

  @OptionGroup var options: ModelOptions
  @OptionGroup var planOptions: PlanOptions

  @Option(
    parsing: .unconditional,
    help: "How many random inputs to try, besides the extreme ones; 0 tries none at all.")
  var samples = 16

  @Option(
    parsing: .unconditional, help: "The seed of the random inputs and of the symbolic check's key.")
  var seed: UInt64 = 0

  @Option(
    parsing: .unconditional,
    help: """
      How far outputs may be off, relative to the largest, where a plan adds floats in another order.
      """)
  var floatTolerance = 0.0

  @Option(help: "A folder with in0.npy, in1.npy, ...: one more input to try.")
  var inputs: String?

  @Option(help: "Another model: verify that it computes what this one does.")
  var against: String?

  @Option(help: "Write the plan that was verified to this file, as JSON.")
  var savePlan: String?

  @Option(help: "Write the tiling that was found to this file, as JSON.")
  var saveTiling: String?

  @Option(
    help: """
      Where outputs differ, write model, plan, input, expected and actual outputs to this folder, \
      reduced to what the difference takes.
      """)
  var saveWitness: String?

  func validate() throws {
    try options.requireOwnFiles(savePlan, saveTiling)
    guard (0...100_000).contains(samples) else {
      throw ValidationError("--samples: expected 0 to 100000, found \(samples).")
    }
    guard floatTolerance >= 0 else {
      throw ValidationError("--float-tolerance: expected at least 0, found \(floatTolerance).")
    }
    if against != nil && floatTolerance > 0 {
      throw ValidationError("--against compares byte for byte; it takes no --float-tolerance.")
    }
    if against != nil
      && [planOptions.plan, planOptions.tiling, savePlan, saveTiling].contains(where: { $0 != nil })
    {
      throw ValidationError("--against compares two models; it takes no plan and no tiling.")
    }
    if saveTiling != nil && (planOptions.plan ?? planOptions.tiling) != nil {
      throw ValidationError("--save-tiling saves the tiling that is found; give no other.")
    }
  }

  func run() throws {
    let graph = try options.graph()
    if let against { return try compare(graph, against) }
    try options.checkOutputs(savePlan, saveTiling)
    let bundle = try saveWitness.map { try WitnessBundle($0, options, graph) }
    defer { bundle?.removeIfUnused() }
    let samples = try tried(graph)
    let candidate = try candidate(graph)
    var files = OutputFiles()
    files.add(candidate.binding.plan.json, at: savePlan)
    if let found = candidate.found { files.add(found.json, at: saveTiling) }
    _ = try files.write()
    let report = try Verifier.verify(
      candidate.binding, on: samples, seed: seed, floatTolerance: floatTolerance)
    let witness =
      report.isDifferent ? try WitnessSearch.find(candidate.binding, among: samples) : nil
    try Terminal.show(
      VerifyDocument(
        model: options.name, plan: candidate.name, graph: graph,
        untiledPeakInBytes: candidate.untiled.peakInBytes, report: report, witness: witness),
      json: options.json)
    if let bundle {
      Terminal.printError(try witness.map { try bundle.save($0) } ?? WitnessBundle.nothing)
    }
    try exit(report.verdict)
  }

  /// The inputs that are tried.
  private func tried(_ graph: Graph) throws -> [Sample] {
    var tried = samples == 0 ? [] : Sample.standard(for: graph, random: samples, seed: seed)
    if let inputs {
      tried.append(
        Sample(name: inputs, inputs: try ArrayFolder(inputs).inputs(of: graph), isGiven: true))
    }
    return tried
  }

  /// Ends with the code that a verdict has.
  private func exit(_ verdict: Verdict) throws {
    switch verdict {
    case .equivalent: break
    case .different: throw ExitCode.different
    case .inconclusive: throw ExitCode.inconclusive
    }
  }

  /// Compares another model with this one.
  private func compare(_ graph: Graph, _ path: String) throws {
    var others = options
    others.model = path
    let other = try others.graph()
    let bundle = try saveWitness.map { try WitnessBundle($0, options, graph) }
    defer { bundle?.removeIfUnused() }
    let report = try RewriteCheck.compare(
      other, with: graph, profile: options.profile, on: tried(graph), seed: seed)
    func side(_ name: String, _ graph: Graph) -> AgainstDocument.Side {
      let plan = TilingLowering.untiled(
        graph, profile: options.profile, options: planOptions.planning)
      return AgainstDocument.Side(
        name: name, peakInBytes: plan.peakInBytes, macs: graph.macs)
    }
    try Terminal.show(
      AgainstDocument(
        original: side(options.name, graph), other: side(others.name, other),
        profile: options.profile.name, report: report),
      json: options.json)
    if let bundle {
      Terminal.printError(
        try report.witness.map { try bundle.save($0, against: path) } ?? WitnessBundle.nothing)
    }
    try exit(report.verdict)
  }

  /// A plan to verify.
  private struct Candidate {
    let binding: PlanBinding
    let name: String
    let untiled: Plan
    /// The tiling that was found, where none was given.
    var found: Tiling?
  }

  /// The plan that was given; else the plan with the lowest peak that adds no multiply-accumulates.
  private func candidate(_ graph: Graph) throws -> Candidate {
    if let (binding, name) = try planOptions.binding(graph, profile: options.profile) {
      let untiled = TilingLowering.untiled(
        graph, profile: options.profile, options: planOptions.planning)
      return Candidate(binding: binding, name: name, untiled: untiled)
    }
    let frontier = TilingExploration(
      graph, profile: options.profile,
      options: SearchOptions(largestOverhead: 0, planning: planOptions.planning)
    ).frontier
    let tiling = frontier.least.tiling
    return Candidate(
      binding: try PlanBinding(frontier.least.plan, to: graph),
      name: tiling.groups.isEmpty ? "untiled" : "found: \(tiling.brief)",
      untiled: frontier.untiled.plan, found: tiling)
  }
}

extension [UInt8] {
  /// Writes the bytes to a file, whole or not at all.
  func write(to path: String) throws {
    try withUnsafeBytes { try AtomicFile.write($0, to: path) }
  }
}
