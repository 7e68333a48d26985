import ArgumentParser
import Graph
import Ops
import Planning
import Reporting
import Verify

struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Finds the plan of the fewest multiply-accumulates that fits, and verifies it.",
    discussion: """
      Where the untiled program fits, that is the plan. What is written was verified like `tilewright verify` \
      does. Exit code 0: it fits; 2: no plan that was found does, and the least of them is shown; 5: it fits, \
      and the verdict is inconclusive, so that nothing is written.
      """)

  @OptionGroup var options: ModelOptions
  @OptionGroup var search: SearchArguments

  @Option(
    parsing: .unconditional, help: "The bytes to fit in, such as 65536, 64K or 1M.",
    transform: ByteCount.init(parsing:))
  var ram: ByteCount

  @Option(
    parsing: .unconditional,
    help: "How many random inputs to verify the plan on, besides the extreme ones.")
  var samples = 16

  @Option(help: "Write the plan to this file, as JSON.")
  var output: String?

  @Option(help: "Write the plan's tiling to this file, as JSON.")
  var saveTiling: String?

  func validate() throws {
    guard (1...100_000).contains(samples) else {
      throw ValidationError("--samples: expected 1 to 100000, found \(samples).")
    }
    try options.requireOwnFiles(output, saveTiling)
  }

  func run() throws {
    let graph = try options.graph()
    try options.checkOutputs(output, saveTiling)
    let untiled = SearchedPlan(
      untiled: TilingLowering.untiled(
        graph, profile: options.profile, options: search.arena.planning), of: graph)
    let mustSearch = search.explain || untiled.plan.peakInBytes > ram.bytes
    let exploration =
      mustSearch
      ? TilingExploration(graph, profile: options.profile, options: search.options) : nil
    let found =
      untiled.plan.peakInBytes <= ram.bytes
      ? untiled : exploration?.frontier.point(within: ram.bytes).map(SearchedPlan.init)
    let shown = found ?? exploration.map { SearchedPlan($0.frontier.least) } ?? untiled
    let start = ContinuousClock.now
    let tried = Sample.standard(for: graph, random: samples, seed: 0)
    let report = try found.map { try verify($0, in: graph, on: tried) }
    let faults =
      found == nil ? shown.faults(in: graph, on: tried.suffix(1)) : report?.faults ?? []
    let duration = ContinuousClock.now - start
    let files = try report?.verdict == .equivalent ? write(shown) : []
    try Terminal.show(
      FitDocument(
        model: options.name, profile: options.profile.name, ramInBytes: ram.bytes,
        untiled: untiled.cost, conventions: search.conventions,
        point: shown.point(
          untiled: untiled.cost, faults: faults, savedTo: files.isEmpty ? nil : output),
        search: exploration?.work, verification: report.map(FitDocument.Verification.init),
        explanations: search.explain
          ? exploration?.notes(on: shown, budget: found == nil ? nil : ram.bytes) : nil,
        files: files,
        seconds: SearchSeconds(
          search: exploration?.duration ?? .zero, certify: duration)),
      json: options.json)
    if !faults.isEmpty { throw FaultyPlan(peakInBytes: shown.plan.peakInBytes, faults: faults) }
    if found == nil { throw ExitCode.doesNotFit }
    if report?.verdict != .equivalent { throw ExitCode.inconclusive }
  }

  /// Makes every check; a plan that cannot be checked is an error of ours.
  private func verify(_ found: SearchedPlan, in graph: Graph, on samples: [Sample]) throws -> Report
  {
    do {
      return try Verifier.verify(PlanBinding(found.plan, to: graph), on: samples, seed: 0)
    } catch {
      throw FaultyPlan(peakInBytes: found.plan.peakInBytes, faults: ["\(error)"])
    }
  }

  /// Writes what was asked for.
  private func write(_ found: SearchedPlan) throws -> [PlanDocument.File] {
    var files = OutputFiles()
    files.add(found.plan.json, at: output)
    files.add(found.tiling.json, at: saveTiling)
    return try files.write()
  }
}
