internal import Graph

/// What a plan that is made here has to keep to, and how hard to look for it.
public struct PlanningOptions: Hashable, Sendable {
  /// What every offset is a multiple of, in bytes: a power of two.
  public var alignment: Int
  /// How far results may lie on operands.
  public var inPlace: InPlacePolicy
  /// The order of operators that no tiling fixes.
  public var order: OrderPolicy
  /// How many nodes an exact search may visit where greedy layouts leave a gap to the lower bound; 0 leaves it
  /// at these.
  public var layoutNodeLimit: Int
  /// Whether to leave room for the scratch that TensorFlow Lite Micro's kernels ask for while they run, which it places
  /// around the tensors of an offline plan.
  public var leavesRoomForMicroScratch = false
  /// Whether the caller holds the network's inputs outside the arena.
  public var excludesInputs = false
  /// Whether the caller holds the network's outputs outside the arena.
  public var excludesOutputs = false

  /// The nodes that a search spends on the layout of a plan that it shows.
  public static let searchNodeLimit = 5_000

  /// Sets options; those left out are what the command line takes by default.
  public init(
    alignment: Int = 16, inPlace: InPlacePolicy = .elementwise, order: OrderPolicy = .least,
    layoutNodeLimit: Int = 200_000
  ) {
    self.alignment = alignment
    self.inPlace = inPlace
    self.order = order
    self.layoutNodeLimit = layoutNodeLimit
  }

  /// Where a tensor of a network lies that is held as a whole.
  func memory(of tensor: Int, in graph: Graph) -> PlanBuffer.Memory {
    if graph.variableOf[tensor] != nil { return .state }
    let isHeldOutside =
      excludesInputs && graph.inputs.contains(tensor)
      || excludesOutputs && graph.outputs.contains(tensor)
    return isHeldOutside ? .host : .arena
  }
}
