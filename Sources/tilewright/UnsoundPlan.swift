import ArgumentParser
import Verify

/// A plan that computes something else than its network, where it was to be run.
struct UnsoundPlan: CommandFailure, CustomStringConvertible {
  let name: String
  let findings: [Finding]

  var exitCode: ExitCode { .different }

  var description: String {
    "\(name): the plan is wrong, so it is not run; `tilewright verify` shows all "
      + "\(findings.count) \(findings.count == 1 ? "finding" : "findings"): \(findings[0])"
  }
}
