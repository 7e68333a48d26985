import ArgumentParser
import Graph
import Planning
import Reporting
import TFLite
import Tensor

/// A model with a plan's offsets as its offline memory plan, read back and found sound.
struct EmittedModel {
  /// The bytes of the file.
  let content: [UInt8]
  /// The arena's head under TensorFlow Lite Micro, scratch included.
  let arenaInBytes: Int

  /// Writes the model in `file`, and checks what was written.
  init(_ plan: Plan, of imported: ImportedModel, _ graph: Graph, file: Bytes) throws {
    let model = imported.model
    let offline = try OfflinePlan(
      subgraphCount: model.subgraphs.count,
      offsets: plan.offlineOffsets(for: graph, tensorCount: model.tensorCount))
    content = try offline.written(into: file)
    let reread = try OfflineCheck(ImportedModel(parsing: Bytes(copying: content)))
    guard reread.plan == offline, reread.findings.isEmpty, let layout = reread.check?.layout else {
      throw UnsoundOfflinePlan(findings: reread.findings.map(\.message))
    }
    arenaInBytes = layout.headBytes
  }
}

/// An offline memory plan that was not written, since it has findings.
struct UnsoundOfflinePlan: CommandFailure, CustomStringConvertible {
  let findings: [String]

  var exitCode: ExitCode { .different }

  var description: String {
    "the plan is not sound under TensorFlow Lite Micro, so no model is written: "
      + (findings.first ?? "what was written is not what is read")
  }
}

extension OfflinePlanError: CommandFailure {
  var exitCode: ExitCode {
    switch self {
    case .externalData, .unknownField, .tooLarge: .unsupported
    case .malformed, .payloadSize, .offset, .offsetCount: .malformed
    }
  }
}

extension OfflinePlanRefusal: CommandFailure {
  var exitCode: ExitCode { .unsupported }
}
