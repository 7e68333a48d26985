public import Tensor

/// One step of a plan: an operator, or a phase of its sum, over one tile.
public struct PlanStep: Hashable, Sendable {
  /// The part of an operator that a step does.
  public enum Phase: String, Hashable, Sendable, CaseIterable {
    /// All of it.
    case whole
    /// Zeroes the tile's sums, then adds.
    case start
    /// Adds to the tile's sums.
    case add
    /// Takes complete sums away and turns them into elements.
    case finish
  }

  /// A region of a buffer that a step writes.
  public struct Destination: Hashable, Sendable {
    /// The buffer's index.
    public var buffer: Int
    /// The coordinates that are written.
    public var region: Region

    /// Makes a destination.
    public init(buffer: Int, region: Region) {
      self.buffer = buffer
      self.region = region
    }
  }

  /// The operator's index.
  public var op: Int
  /// The part of the operator.
  public var phase: Phase
  /// The buffer of each operand; `nil` for one that is constant, absent or unused in this phase.
  public var inputs: [Int?]
  /// The tile, and where it goes; several for one tensor state the same region.
  public var outputs: [Destination]
  /// The box of the summed operand whose taps are added; `nil` for all of it.
  public var reduce: Region?
  /// The sums of the tile, for every phase but `whole`.
  public var sums: Destination?

  /// Makes a step.
  public init(
    op: Int, phase: Phase = .whole, inputs: [Int?], outputs: [Destination] = [],
    reduce: Region? = nil, sums: Destination? = nil
  ) {
    self.op = op
    self.phase = phase
    self.inputs = inputs
    self.outputs = outputs
    self.reduce = reduce
    self.sums = sums
  }

  /// The outputs, then the sums: every tile that the step names.
  public var destinations: [Destination] {
    if let sums { outputs + [sums] } else { outputs }
  }
}
