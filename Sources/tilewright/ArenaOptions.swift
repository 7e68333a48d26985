public import ArgumentParser
public import Planning

/// What the arena of a plan that is made here has to keep to.
struct ArenaOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "What offsets are multiples of, in plans that are made here: a power of two.")
  var alignment = 16

  @Option(
    help: """
      How far plans that are made here put results on operands: none; elementwise; or all, where the \
      reference order of reads and writes allows it.
      """)
  var inPlace: InPlacePolicy = .elementwise

  @Flag(help: "The caller holds the network's inputs outside the arena.")
  var excludeInput = false

  @Flag(help: "The caller holds the network's outputs outside the arena.")
  var excludeOutput = false

  func validate() throws {
    guard alignment > 0, alignment & (alignment - 1) == 0, alignment <= 4096 else {
      throw ValidationError("--alignment: expected a power of two up to 4096, found \(alignment).")
    }
  }

  /// How plans are made here, in the order of operators that needs the least memory.
  var planning: PlanningOptions {
    var planning = PlanningOptions(alignment: alignment, inPlace: inPlace)
    planning.excludesInputs = excludeInput
    planning.excludesOutputs = excludeOutput
    return planning
  }
}

extension InPlacePolicy: ExpressibleByArgument {}
