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

  @Flag(help: "The caller holds the network's inputs outside the arena.")
  var excludeInput = false

  @Flag(help: "The caller holds the network's outputs outside the arena.")
  var excludeOutput = false

  @Option(help: "What offsets are multiples of: a power of two.")
  var alignment = 16

  @Option(help: "How far results may lie on operands: none, elementwise or all.")
  var inPlace: InPlacePolicy = .elementwise

  @Flag(help: "Say of every operator why it was not tiled, or which rule refused.")
  var explain = false

  func validate() throws {
    guard alignment > 0, alignment & (alignment - 1) == 0, alignment <= 4096 else {
      throw ValidationError("--alignment: expected a power of two up to 4096, found \(alignment).")
    }
  }

  /// What the search takes.
  var options: SearchOptions {
    var planning = PlanningOptions(alignment: alignment, inPlace: inPlace)
    planning.excludesInputs = excludeInput
    planning.excludesOutputs = excludeOutput
    return SearchOptions(
      modes: modes.modes, largestOverhead: maxOverhead?.share, planning: planning)
  }

  /// What is shown of it.
  var conventions: SearchConventions {
    SearchConventions(
      modes: modes.names, alignment: alignment, inPlace: inPlace.rawValue,
      excludesInputs: excludeInput, excludesOutputs: excludeOutput,
      largestOverhead: maxOverhead?.share)
  }
}
