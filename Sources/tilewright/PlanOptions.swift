import ArgumentParser
import Files
import Graph
import Ops
import Planning
import TFLite
import Tensor

/// Where a plan comes from.
struct PlanOptions: ParsableArguments {
  @Option(help: "A plan, as JSON.")
  var plan: String?

  @Option(help: "A tiling, as JSON; it is lowered to a plan.")
  var tiling: String?

  func validate() throws {
    if plan != nil && tiling != nil {
      throw ValidationError("Give either --plan or --tiling, not both.")
    }
  }

  /// The plan that was given, bound to the graph, and what to call it; `nil` if none was.
  ///
  /// - Throws: also a plan that was made under another profile.
  func binding(_ graph: Graph, profile: Profile) throws -> (PlanBinding, name: String)? {
    if let plan {
      let parsed = try Plan(json: MappedFile.bytes(of: plan).elements(of: UInt8.self))
      guard parsed.profile == profile.name else {
        throw PlanFaults([.otherProfile(expected: profile.name, found: parsed.profile)])
      }
      return (try PlanBinding(parsed, to: graph), plan)
    }
    if let tiling {
      let parsed = try Tiling(json: MappedFile.bytes(of: tiling).elements(of: UInt8.self))
      let lowered = try TilingLowering.plan(parsed, for: graph, profile: profile)
      return (try PlanBinding(lowered, to: graph), tiling)
    }
    return nil
  }
}
