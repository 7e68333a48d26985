/// The axes of tensors of one rank that an operator lets a plan cut, or sum in parts.
public struct AxisUse: Hashable, Sendable {
  /// The number of axes.
  public let rank: Int
  /// The axes of which some instance allows it.
  public let axes: [Int]
  /// The axes of which every instance that has several coordinates there allows it.
  public let always: [Int]
}
