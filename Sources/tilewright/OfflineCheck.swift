import ArgumentParser
import Graph
import Planning
import Reporting
import TFLite

/// The offline memory plan of a model, checked against its network.
struct OfflineCheck {
  let graph: Graph
  /// What the metadata hold; `nil` where there is no plan.
  let plan: OfflinePlan?
  /// `nil` where there is no plan.
  let check: OfflinePlanCheck?
  private let model: Model

  /// Reads the plan and checks it.
  ///
  /// - Throws: what makes the model or the metadata unreadable, and a network of too many tensors.
  init(_ imported: ImportedModel) throws {
    model = imported.model
    graph = try imported.graph()
    plan = try model.offlinePlan()
    check = plan.map { [graph, model] in
      OfflinePlanCheck(
        offsets: $0.offsets.map(Int.init), tensorCount: model.tensorCount, graph: graph)
    }
    if let check, check.layout == nil, check.findings.isEmpty { throw TooManyBuffers() }
  }

  /// What is wrong.
  var findings: [LintDocument.Finding] {
    (check?.findings ?? []).map {
      LintDocument.Finding(kind: $0.kind, tensors: $0.tensors, message: $0.text(in: graph))
    }
  }

  /// What is unusual, and not wrong.
  var notes: [String] {
    guard let check else { return [] }
    var notes: [String] = []
    let plans = model.metadata.count { $0.name == OfflinePlan.metadataName }
    if plans > 1 { notes.append("\(plans) offline plans; the last one counts") }
    let inPlace = check.inPlaceResults.map { "t\($0.result) on t\($0.operand)" }
    if !inPlace.isEmpty {
      notes.append("results on operands, as operators allow: \(Self.list(inPlace))")
    }
    if !check.ignored.isEmpty {
      notes.append(
        "offsets of constants and empty tensors have no effect: "
          + Self.list(check.ignored.map { "t\($0)" }))
    }
    if !check.placedVariables.isEmpty {
      notes.append(
        "state lies among the tensors: " + Self.list(check.placedVariables.map { "t\($0)" }))
    }
    let others = model.tensorCount - model.subgraphs[0].tensors.count
    if others > 0 { notes.append("\(others) tensors of later subgraphs are not checked") }
    return notes
  }

  /// The first few, and how many more there are.
  private static func list(_ items: [String]) -> String {
    let shown = items.prefix(8).joined(separator: ", ")
    return items.count > 8 ? "\(shown) and \(items.count - 8) more" : shown
  }

  /// What is shown.
  func document(name: String) -> LintDocument {
    LintDocument(
      model: name,
      plan: plan.map {
        .init(
          offsets: $0.offsets.map(Int.init), version: Int($0.version),
          subgraphs: Int($0.subgraphCount))
      },
      arenaInBytes: check?.layout?.headBytes,
      onlineArenaInBytes: MicroGreedyPlanner.plan(graph)?.headBytes, findings: findings,
      hasMoreFindings: check?.hasMoreFindings ?? false, notes: notes)
  }
}

/// A network of more buffers than are laid out.
struct TooManyBuffers: CommandFailure, CustomStringConvertible {
  var exitCode: ExitCode { .unsupported }

  var description: String {
    "tensors: expected at most \(MicroGreedyPlanner.largestBufferCount) in the arena, found more; "
      + "such a network is not checked"
  }
}
