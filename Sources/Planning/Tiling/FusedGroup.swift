/// Operators that are executed together, tile by tile.
public struct FusedGroup: Hashable, Sendable {
  /// How the tiles of a group are computed.
  public enum Mode: String, Hashable, Sendable, CaseIterable {
    /// Spatial tiles, each from scratch: the halo is recomputed (FFMT).
    case recompute
    /// A few rows at a time, the halo kept in rings: nothing is recomputed (line buffering).
    case line
    /// Slices of channels, summed by a fan-in operator where there is one (FDT).
    case channels
  }

  /// The axis along which a line-buffered group advances.
  public enum RingAxis: String, Hashable, Sendable, CaseIterable {
    case height, width

    /// The axis of an NHWC feature map.
    public var axis: Int { self == .height ? 1 : 2 }

    /// The other one.
    public var across: RingAxis { self == .height ? .width : .height }
  }

  /// The boundaries of tiles, ascending from 0 to the extent; `nil` leaves an axis whole.
  ///
  /// Where a line-buffered group ends in a sum over all of its rows, the last output stands for the
  /// operand of that sum.
  public struct Cuts: Hashable, Sendable {
    /// In rows of the group's last output.
    public var height: [Int]?
    /// In columns of the group's last output; line-buffered, as well of any tensor inside, and scaled to the others.
    public var width: [Int]?
    /// In channels of the first operator's output.
    public var channels: [Int]?

    /// Makes cuts.
    public init(height: [Int]? = nil, width: [Int]? = nil, channels: [Int]? = nil) {
      self.height = height
      self.width = width
      self.channels = channels
    }
  }

  /// The operators' indices, ascending.
  public var ops: [Int]
  /// How tiles are computed.
  public var mode: Mode
  /// Where tiles end.
  public var cuts: Cuts
  /// Rows of the last output that a line-buffered group makes at a time.
  public var step: Int
  /// The axis along which a line-buffered group advances.
  public var ringAxis: RingAxis
  /// Operators of a line-buffered group whose rows are asked for before those of other operands of their reader,
  /// and kept as rows; ascending.
  ///
  /// A shortcut beside convolutions is asked for late: run early, it sets free what it reads.
  public var early: [Int]
  /// A group nested inside each tile, of some of the operators; at most one.
  public var inner: [FusedGroup]

  /// Makes a group.
  public init(
    ops: [Int], mode: Mode, cuts: Cuts = Cuts(), step: Int = 1, ringAxis: RingAxis = .height,
    early: [Int] = [], inner: FusedGroup? = nil
  ) {
    self.ops = ops
    self.mode = mode
    self.cuts = cuts
    self.step = step
    self.ringAxis = ringAxis
    self.early = early
    self.inner = inner.map { [$0] } ?? []
  }

  /// A key that is given and that the mode has no use for, as it is spelled in JSON; the first one.
  var keyOfOtherMode: String? {
    let given = [
      "cuts.height": cuts.height != nil, "cuts.width": cuts.width != nil,
      "cuts.channels": cuts.channels != nil, "step": step != 1,
      "ring_axis": ringAxis != .height, "early": !early.isEmpty, "inner": !inner.isEmpty,
    ]
    let used: Set<String> =
      switch mode {
      case .recompute: ["cuts.height", "cuts.width", "inner"]
      case .line: ["cuts.\(ringAxis.across.rawValue)", "step", "ring_axis", "early"]
      case .channels: ["cuts.channels"]
      }
    return given.filter { $0.value && !used.contains($0.key) }.keys.min()
  }
}
