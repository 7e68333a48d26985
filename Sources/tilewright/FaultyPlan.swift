import ArgumentParser

/// A plan that a search made and that is not the network's: an error of ours.
struct FaultyPlan: CommandFailure, CustomStringConvertible {
  let peakInBytes: Int
  let faults: [String]

  var exitCode: ExitCode { .ourError }

  var description: String {
    "the search made a plan of \(peakInBytes) bytes that is wrong, which is an error of ours; please "
      + "report it: \(faults.joined(separator: "; "))"
  }
}
