import ArgumentParser

/// The command line.
@main
struct Tilewright: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tilewright",
    abstract: "Does a quantized network fit, which tiling makes it fit, and is the tiled program "
      + "the same program?",
    discussion: """
      Exit codes: 0 yes; 1 different; 2 does not fit; 3 unsupported; 4 malformed input; 5 inconclusive; 64 usage or \
      an unreadable file; 70 an error of ours. Progress is shown on standard error where that is a terminal.
      """,
    subcommands: [
      VerifyCommand.self, FitCommand.self, ExploreCommand.self, MeasureCommand.self,
      RunCommand.self, CheckCommand.self, InspectCommand.self, OpsCommand.self,
      LayoutCommand.self, PlanCommand.self, LintCommand.self, ProveCheckerCommand.self,
      FuzzCommand.self, ReplayCommand.self,
    ])

  /// Runs the command and turns each kind of failure into its exit code.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as any CommandFailure {
      Terminal.printError("tilewright: \(failure)")
      exit(withError: failure.exitCode)
    } catch {
      // What the argument parser does not know is an error of ours, and no verdict.
      guard error is ExitCode || exitCode(for: error) != .failure else {
        Terminal.printError("tilewright: \(error)")
        exit(withError: ExitCode.ourError)
      }
      exit(withError: error)
    }
  }
}
