import ArgumentParser
import Planning
import Reporting

/// What a search for tilings may use, and what it has to keep to.
struct SearchArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The kinds of groups to search, with commas between: ffmt, spatial tiles with recomputed halos; fdt, \
      slices of channels; line, rows or columns with rings; strip, lines inside tiles; nested, slices inside \
      tiles. (default: all)
      """, valueName: "modes"),
    transform: SearchModes.init(parsing:))
  var modes = SearchModes.all

  @Option(
    parsing: .unconditional,
    help: "The most multiply-accumulates that a plan may add, in percent of the network's: 10%.",
    transform: Percentage.init(parsing:))
  var maxOverhead: Percentage?

  @OptionGroup var arena: ArenaOptions

  @Flag(help: "Say of every operator in which group it runs, or what speaks against one.")
  var explain = false

  /// What the search takes.
  var options: SearchOptions {
    SearchOptions(
      modes: modes.modes, largestOverhead: maxOverhead?.share, planning: arena.planning)
  }

  /// What is shown of it.
  var conventions: SearchConventions {
    SearchConventions(
      modes: modes.names, alignment: arena.alignment, inPlace: arena.inPlace.rawValue,
      excludesInputs: arena.excludeInput, excludesOutputs: arena.excludeOutput,
      largestOverhead: maxOverhead?.share)
  }
}
