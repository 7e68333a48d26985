import ArgumentParser
import Fuzz
import Ops
import Reporting

struct FuzzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz",
    abstract: "Checks random plans of random networks, and makes what fails as small as it can be.",
    discussion: """
      Each pair of a network and a plan goes through all checks. Mistakes are made on purpose as well, which checks must \
      notice. What fails is shrunk and saved to a folder of its own that `tilewright replay` takes. The same seed draws \
      the same pairs, whatever --jobs and --shard are. An interrupt ends the run after the pairs at hand. \
      Exit code 0: no failure; 1: failures; 5: stopped before the end.
      """,
    subcommands: [FuzzRunCommand.self, FuzzMergeCommand.self, FuzzDrawCommand.self],
    defaultSubcommand: FuzzRunCommand.self)
}
