import ArgumentParser
import TiledExec

/// A run that read or wrote what it should not have, so that its outputs are worth nothing.
struct ShadowedPlan: CommandFailure, CustomStringConvertible {
  let findings: [ShadowFinding]

  var exitCode: ExitCode { .different }

  var description: String {
    (["the shadow arena has \(findings.count) findings, so no output is written:"]
      + findings.map(\.description)).joined(separator: "\n")
  }
}
