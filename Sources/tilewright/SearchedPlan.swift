import Graph
import Planning
import Reporting
import Verify

/// A plan that a search found, with the tiling that it was made from.
struct SearchedPlan {
  let tiling: Tiling
  let plan: Plan
  let macs: Int

  init(_ point: Frontier.Point) {
    (tiling, plan, macs) = (point.tiling, point.plan, point.macs)
  }

  /// The untiled program.
  init(untiled plan: Plan, of graph: Graph) {
    (tiling, self.plan) = (Tiling(modelHash: graph.modelHash, groups: []), plan)
    macs = graph.macs
  }

  /// What it takes.
  var cost: ProgramCost { ProgramCost(peak: plan.peakInBytes, macs: macs) }

  /// Why it is not certified: what the static check finds, or what runs show; nothing if it is.
  func faults(in graph: Graph, on samples: [Sample]) -> [String] {
    do {
      let binding = try PlanBinding(plan, to: graph)
      let findings = OwnershipWalk.findings(in: binding)
      guard findings.isEmpty else { return findings.map(\.description) }
      let result = try DifferentialCheck.run(binding, on: samples)
      if let difference = result.difference { return [difference.description] }
      var faults: [String] = []
      if result.measuredPeakInBytes != plan.peakInBytes {
        faults.append(
          "peak: \(plan.peakInBytes) bytes planned, \(result.measuredPeakInBytes) measured")
      }
      if result.macs != macs {
        faults.append("MACs: \(macs) planned, \(result.macs) executed")
      }
      return faults
    } catch {
      return ["\(error)"]
    }
  }

  /// What is shown of it.
  func point(
    untiled: ProgramCost, faults: [String], savedTo path: String? = nil
  ) throws -> FrontierPoint {
    FrontierPoint(
      cost: cost, untiled: untiled, modes: tiling.searchModes.map(\.rawValue),
      groups: tiling.groups.map(\.summary), brief: tiling.brief, faults: faults,
      tiling: try JSONValue(parsing: tiling.json), plan: path)
  }
}
