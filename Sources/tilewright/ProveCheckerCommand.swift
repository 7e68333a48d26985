import ArgumentParser
import Graph
import Ops
import Planning
import Reporting
import Verify

struct ProveCheckerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove-checker",
    abstract: "Makes mistakes in sound plans of a model and counts who catches them.",
    discussion: """
      One plan is line-buffered, one recomputes its halo, one has channel slices. Each mistake is made \
      at many places, one at a time. One that no check finds, although outputs are wrong, is missed. \
      Exit code 0: none was missed; 1: some were; 5: no plan could be made.
      """)

  @OptionGroup var options: ModelOptions

  @Option(
    parsing: .unconditional,
    help: "How many places per plan and kind of mistake to try; drawn where there are more.")
  var places = 1000

  @Option(
    parsing: .unconditional, help: "The seed of places, of inputs and of the symbolic check's key.")
  var seed: UInt64 = 0

  @Option(help: "Which checks judge: both, walk, symbolic, or none, which misses every mistake.")
  var checks: Judges = .both

  /// The checks by name.
  enum Judges: String, ExpressibleByArgument, CaseIterable {
    case both, walk, symbolic, none

    var checks: FaultChecks {
      switch self {
      case .both: .all
      case .walk: .walk
      case .symbolic: .symbolic
      case .none: []
      }
    }
  }

  /// How many random inputs hold what the checks accept against the network.
  private static let sampleCount = 3

  func validate() throws {
    guard (1...1_000_000).contains(places) else {
      throw ValidationError("--places: expected 1 to 1000000, found \(places).")
    }
  }

  func run() throws {
    let graph = try options.graph()
    let samples = Sample.standard(for: graph, random: Self.sampleCount, seed: seed)
    let injection = try FaultInjection(
      graph, profile: options.profile, samples: samples.suffix(Self.sampleCount), seed: seed,
      checks: checks.checks)
    var plans: [ProveCheckerDocument.Plan] = []
    for (mode, kind) in [
      (FusedGroup.Mode.line, SearchMode.line), (.recompute, .ffmt), (.channels, .fdt),
    ] {
      let search = SingleGroupSearch(graph, profile: options.profile, kind: kind)
      guard let best = search.best(), let group = best.tiling.groups.first else {
        plans.append(.init(mode: mode.rawValue))
        continue
      }
      let binding = try PlanBinding(best.plan, to: graph)
      plans.append(
        .init(
          mode: mode.rawValue, name: group.summary, binding,
          try injection.run(on: binding, places: places)))
    }
    let document = ProveCheckerDocument(
      model: options.name, profile: options.profile.name, judges: checks.rawValue, seed: seed,
      plans: plans)
    try Terminal.show(document, json: options.json)
    switch document.verdict {
    case .proved: break
    case .missed, .unsound: throw ExitCode.different
    case .inconclusive: throw ExitCode.inconclusive
    }
  }
}
