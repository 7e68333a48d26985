public import ArgumentParser
import Files
import Graph
import Ops
public import Planning
import TFLite
import Verify
import Tensor

/// Where a plan comes from.
struct PlanOptions: ParsableArguments {
  @Option(help: "A plan, as JSON.")
  var plan: String?

  @Option(help: "A tiling, as JSON; it is lowered to a plan.")
  var tiling: String?

  @OptionGroup var arena: ArenaOptions

  @Option(
    help: """
      The order of operators in a plan that is made here: file, the default for a tiling; or least, the one that \
      needs the least memory, the default without one.
      """)
  var order: OrderPolicy?

  /// How plans are made here.
  var planning: PlanningOptions {
    var planning = arena.planning
    planning.order = order ?? .least
    return planning
  }

  /// How a tiling is lowered here: as a search does it, so that the plan of a tiling of its is the one that it showed.
  private func planning(for tiling: Tiling) -> PlanningOptions {
    if tiling.groups.isEmpty { return planning }
    var planning = arena.planning
    planning.order = order ?? .file
    planning.layoutNodeLimit = PlanningOptions.searchNodeLimit
    return planning
  }

  func validate() throws {
    if plan != nil && tiling != nil {
      throw ValidationError("Give either --plan or --tiling, not both.")
    }
  }

  /// Like `binding`, for commands that only run a plan: one with findings is refused.
  func soundBinding(_ graph: Graph, profile: Profile) throws -> (PlanBinding, name: String)? {
    guard let (binding, name) = try binding(graph, profile: profile) else { return nil }
    let findings = OwnershipWalk.findings(in: binding)
    guard findings.isEmpty else { throw UnsoundPlan(name: name, findings: findings) }
    return (binding, name)
  }

  /// The plan that was given, bound to the graph, and what to call it; `nil` if none was.
  ///
  /// - Throws: also a plan that was made under another profile.
  func binding(_ graph: Graph, profile: Profile) throws -> (PlanBinding, name: String)? {
    if let plan {
      let parsed = try read(plan) { json throws(JSONError) in try Plan(json: json) }
      return (try PlanBinding(parsed, to: graph, under: profile), plan)
    }
    if let tiling {
      let parsed = try read(tiling) { json throws(JSONError) in try Tiling(json: json) }
      let lowered = try TilingLowering.plan(
        parsed, for: graph, profile: profile, options: planning(for: parsed))
      return (try PlanBinding(lowered, to: graph), tiling)
    }
    return nil
  }

  /// Parses a file; a complaint names it.
  private func read<Value>(
    _ path: String, _ parse: ([UInt8]) throws(JSONError) -> Value
  ) throws -> Value {
    let json = try MappedFile.bytes(of: path).elements(of: UInt8.self)
    do {
      return try parse(json)
    } catch {
      throw error.inFile(path)
    }
  }
}

extension OrderPolicy: ExpressibleByArgument {}
