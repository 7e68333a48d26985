/// A program for one network: buffers with offsets, and steps in order.
///
/// Untiled execution, spatial tiles, line buffers and channel tiles are all plans. A plan states no
/// lifespans: whether it is valid follows from who owns which byte when. The JSON form and the rules
/// are in `docs/plan.md`.
public struct Plan: Hashable, Sendable {
  /// The highest end of a buffer that is accepted, 256 MiB, and the most that all host buffers may
  /// take together, so that no plan makes us allocate without bound.
  public static let largestPeakInBytes = 1 << 28

  /// The SHA-256 of the model file that the plan is for, in hexadecimal.
  public var modelHash: String
  /// The name of the kernel profile that the plan was made under.
  public var profile: String
  /// What every offset is a multiple of, in bytes.
  public var alignment: Int
  /// The buffers; steps refer to them by index.
  public var buffers: [PlanBuffer]
  /// The steps, in order of execution.
  public var steps: [PlanStep]

  /// Makes a plan.
  public init(
    modelHash: String, profile: String, alignment: Int, buffers: [PlanBuffer], steps: [PlanStep]
  ) {
    self.modelHash = modelHash
    self.profile = profile
    self.alignment = alignment
    self.buffers = buffers
    self.steps = steps
  }

  /// The bytes from the arena's start to the end of the highest buffer.
  public var peakInBytes: Int {
    buffers.filter { $0.memory == .arena }.map { $0.offset + $0.sizeInBytes }.max() ?? 0
  }
}
