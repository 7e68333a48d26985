import ArgumentParser
import Graph
import Ops
import Planning
import Reporting
import Verify

struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Finds the plans that trade memory for multiply-accumulates.",
    discussion: """
      Each plan that is shown needs fewer bytes than all with no more multiply-accumulates. It is certified \
      by the static check, and by runs in a real arena, which must give the network's bytes in the planned \
      memory with the planned multiply-accumulates. `tilewright verify` makes all checks. Files are written when \
      all plans are certified; where one is not, which is an error of ours, none is.
      """)

  @OptionGroup var options: ModelOptions
  @OptionGroup var search: SearchArguments

  @Option(parsing: .unconditional, help: "How many random inputs to run each plan on.")
  var samples = 1

  @Option(help: "Write each plan to this folder, which must be empty or not there yet.")
  var savePlans: String?

  @Option(help: "Write the frontier to this file, as comma-separated values.")
  var csv: String?

  @Option(help: "Write the frontier to this file, as a picture in SVG.")
  var picture: String?

  func validate() throws {
    guard (1...100_000).contains(samples) else {
      throw ValidationError("--samples: expected 1 to 100000, found \(samples).")
    }
    try options.requireOwnFiles(csv, picture, savePlans)
  }

  func run() throws {
    let graph = try options.graph()
    var folder = savePlans.map(ArrayFolder.init)
    try folder?.createEmpty()
    defer { folder?.removeIfUnused() }
    try options.checkOutputs(csv, picture)
    let exploration = TilingExploration(graph, profile: options.profile, options: search.options)
    let frontier = exploration.frontier
    let untiled = SearchedPlan(frontier.untiled).cost
    let found = frontier.points.map(SearchedPlan.init)
    let start = ContinuousClock.now
    let inputs = Array(
      Sample.standard(for: graph, random: samples, seed: 0).suffix(samples))
    let faults = found.enumerated().map { index, plan in
      ProgressLine.show("running plans", index, of: found.count)
      return plan.faults(in: graph, on: inputs)
    }
    ProgressLine.clear()
    let checking = ContinuousClock.now - start
    let faulty = zip(found, faults).first { !$1.isEmpty }.map {
      FaultyPlan(peakInBytes: $0.plan.peakInBytes, faults: $1)
    }
    let points = try zip(found, faults).map { plan, faults in
      try plan.point(
        untiled: untiled, faults: faults, savedTo: faulty == nil ? path(of: plan) : nil)
    }
    try Terminal.show(
      ExploreDocument(
        model: options.name, profile: options.profile.name, untiled: untiled,
        conventions: search.conventions, points: points, search: exploration.work,
        explanations: search.explain ? exploration.notes(on: SearchedPlan(frontier.least)) : nil,
        files: faulty == nil ? write(found, points, untiled: untiled) : [],
        seconds: SearchSeconds(search: exploration.duration, certify: checking)),
      json: options.json)
    if let faulty { throw faulty }
  }

  /// Where a plan is written, if it is.
  private func path(of found: SearchedPlan) -> String? {
    savePlans.map { "\($0)\($0.hasSuffix("/") ? "" : "/")\(found.plan.peakInBytes).json" }
  }

  /// Writes what was asked for.
  private func write(
    _ found: [SearchedPlan], _ points: [FrontierPoint], untiled: ProgramCost
  ) throws -> [PlanDocument.File] {
    let (model, profile) = (options.name, options.profile.name)
    var files = OutputFiles()
    for plan in found { files.add(plan.plan.json, at: path(of: plan)) }
    files.add(FrontierCSV(model: model, profile: profile, points: points).text, at: csv)
    files.add(
      FrontierPicture(model: model, profile: profile, untiled: untiled, points: points).svg,
      at: picture)
    return try files.write()
  }
}
