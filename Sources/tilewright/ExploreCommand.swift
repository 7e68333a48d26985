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
      memory with the planned multiply-accumulates. `tilewright verify` makes all checks.
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
    let folder = savePlans.map(ArrayFolder.init)
    try folder?.createEmpty()
    let exploration = TilingExploration(graph, profile: options.profile, options: search.options)
    let frontier = exploration.frontier
    let untiled = SearchedPlan(frontier.untiled).cost
    let start = ContinuousClock.now
    let inputs = Array(
      Sample.standard(for: graph, random: samples, seed: 0).suffix(samples))
    var points: [FrontierPoint] = []
    var faulty: FaultyPlan?
    var files: [PlanDocument.File] = []
    func write(_ text: String, to path: String) throws {
      let bytes = Array(text.utf8)
      try bytes.write(to: path)
      files.append(.init(path: path, bytes: bytes.count))
    }
    for (index, found) in frontier.points.map(SearchedPlan.init).enumerated() {
      ProgressLine.show("running plans", index, of: frontier.points.count)
      let faults = found.faults(in: graph, on: inputs)
      let peak = found.plan.peakInBytes
      if faulty == nil, !faults.isEmpty { faulty = FaultyPlan(peakInBytes: peak, faults: faults) }
      let path = faults.isEmpty ? savePlans.map { "\($0)/\(peak).json" } : nil
      if let path { try write(found.plan.json, to: path) }
      points.append(try found.point(untiled: untiled, faults: faults, savedTo: path))
    }
    ProgressLine.clear()
    let (model, profile) = (options.name, options.profile.name)
    let checking = ContinuousClock.now - start
    if let csv {
      try write(FrontierCSV(model: model, profile: profile, points: points).text, to: csv)
    }
    if let picture {
      let drawn = FrontierPicture(
        model: model, profile: profile, untiled: untiled, points: points)
      try write(drawn.svg, to: picture)
    }
    try Terminal.show(
      ExploreDocument(
        model: model, profile: profile, untiled: untiled, conventions: search.conventions,
        points: points, search: exploration.work,
        explanations: search.explain ? exploration.notes(on: SearchedPlan(frontier.least)) : nil,
        files: files,
        seconds: SearchSeconds(search: exploration.duration, certify: checking)),
      json: options.json)
    if let faulty { throw faulty }
  }
}
