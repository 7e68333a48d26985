import ArgumentParser
import Files
import Fuzz
import Graph
import Ops
import Planning
import Reporting
import TFLite

struct FuzzRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Checks random plans of random networks.")

  @Option(
    parsing: .unconditional,
    help: """
      How many pairs of a network and a plan to check, 1000 by default: four plans of each network, or what the tiler makes \
      of it. With --model and --tiler one by default.
      """)
  var count: Int?

  @Option(parsing: .unconditional, help: "What networks, plans, inputs and keys are drawn from.")
  var seed: UInt64 = 0

  @Option(help: "Draw plans of this .tflite model instead of random networks.")
  var model: String?

  @Option(help: "Draw these operators alone, with commas between; `tilewright ops` lists them.")
  var ops: String?

  @Option(
    help: "Draw these kinds of groups alone, with commas between: ffmt, fdt, line, strip, nested.")
  var modes: String?

  @Option(help: "Draw plans of this profile alone, tflm or litert; else of both.")
  var profile: Profile?

  @Option(
    help: """
      Check what this program makes instead of plans that are drawn: a shell command with {model} and {out} in it, \
      which stand for paths, already quoted. It leaves a plan, a tiling or a rewritten model, and exits with 0, or with 2 or 3 where it \
      makes nothing of a network.
      """)
  var tiler: String?

  @Option(parsing: .unconditional, help: "How many seconds the tiler may take for a network.")
  var tilerSeconds = 10

  @Option(help: "How many pairs are checked at a time; the number of processors by default.")
  var jobs = Processors.count

  @Option(help: "Do part K of N of the run, written K/N; networks are divided.")
  var shard = "\(Shard.whole)"

  @Option(help: "Where to save failures.")
  var out = "fuzz-failures"

  @Option(help: "After how many failures to stop.")
  var failures = 10

  @Flag(help: "Print JSON, one line per failure and one for the run.")
  var json = false

  func validate() throws {
    func check(_ value: Int, _ range: ClosedRange<Int>, _ name: String) throws {
      guard range.contains(value) else {
        throw ValidationError(
          "\(name): expected \(range.lowerBound) to \(range.upperBound), found \(value).")
      }
    }
    try check(pairCount, 1...1_000_000_000, "--count")
    try check(jobs, 1...1024, "--jobs")
    try check(failures, 1...10_000, "--failures")
    if Shard(parsing: shard) == nil {
      throw ValidationError("--shard: expected K/N with K from 1 to N, found \(shard).")
    }
    if model != nil && ops != nil {
      throw ValidationError("--ops says what networks are drawn from; with --model none is.")
    }
    if tiler != nil && modes != nil {
      throw ValidationError("--modes says what plans are drawn; with --tiler none is.")
    }
    _ = try options()
  }

  private var pairCount: Int { count ?? (tiler != nil && model != nil ? 1 : 1000) }

  private func options() throws -> CampaignOptions {
    let names = ops?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let generation: GenerationOptions
    do {
      generation = try GenerationOptions(operators: names ?? GenerationOptions.allOperators)
    } catch {
      throw ValidationError("--ops: \(error)")
    }
    let kinds = try modes.map { try SearchModes(parsing: $0) } ?? .all
    return CampaignOptions(
      count: pairCount, seed: seed, generation: generation, modes: kinds.modes, profile: profile)
  }

  /// The file's name and the start of its hash: on another machine the model may lie elsewhere.
  private func name(of graph: Graph?) -> String? {
    graph.map { graph in
      "\(model?.split(separator: "/").last ?? "") (sha256 \(graph.modelHash.prefix(12)))"
    }
  }

  func run() throws {
    try FailureBundle.checkParent(out)
    let options = try options()
    let graph = try model.map { try ImportedModel(parsing: MappedFile.bytes(of: $0)).graph() }
    let command = try tiler.map {
      try TilerCommand($0, secondsLimit: tilerSeconds, folder: TemporaryFolder.path)
    }
    let session = FuzzSession(
      try Campaign(
        options, model: graph, tiler: command,
        shard: Shard(parsing: shard) ?? .whole),
      run: FuzzSummary.Run(options, model: name(of: graph), tiler: tiler), jobs: jobs, folder: out,
      largestFailureCount: failures, printsJSON: json)
    try Self.end(try session.finish(), json: json)
  }

  /// Shows what a run came to, and ends with the code for it.
  static func end(_ summary: FuzzSummary, json: Bool) throws {
    print(json ? try summary.jsonLine() : summary.text)
    if summary.tally.failureCount > 0 { throw ExitCode.different }
    if !summary.isComplete || summary.checksNothing { throw ExitCode.inconclusive }
  }
}
