/// Why a layout problem has no meaning, or no layout.
public enum LayoutFault: Error, Hashable, Sendable {
  /// An alignment that is not between 1 and ``LayoutProblem/largestNumber``.
  case badAlignment(found: Int)
  /// A size below 0.
  case negativeSize(buffer: Int, found: Int)
  /// Lifespans that are empty, or neither disjoint nor ascending, or at times that are too large.
  case badLifespans(buffer: Int, found: [Range<Int>])
  /// Extents that do not ascend, reach out of the buffer, or cover other times than its lifespans.
  case badExtents(buffer: Int, found: [LayoutProblem.Extent])
  /// A fixed offset below 0.
  case negativeOffset(buffer: Int, found: Int)
  /// Sizes and fixed ends that add up to more than ``LayoutProblem/largestNumber``, from this
  /// buffer on.
  case tooLarge(buffer: Int)
  /// A spacing of buffers that do not exist or are the same, or whose pair has one already.
  case badPair(spacing: Int)
  /// A distance that is no multiple of the alignment, or not between 0 and the size below.
  case badDistance(spacing: Int, found: Int)
  /// Spacings of distance 0, this among them, that go round in a circle.
  case circle(spacing: Int)
  /// Two fixed buffers that overlap in time and space.
  case fixedOverlap(buffer: Int, other: Int)
}

extension LayoutFault: CustomStringConvertible {
  /// What is wrong, where, and what was expected.
  public var description: String {
    let largest = LayoutProblem.largestNumber
    return switch self {
    case .badAlignment(let found): "alignment: expected 1 to \(largest), found \(found)"
    case .negativeSize(let buffer, let found):
      "buffer \(buffer): size: expected at least 0, found \(found)"
    case .badLifespans(let buffer, let found):
      "buffer \(buffer): lifespans: expected disjoint ascending ranges that are not empty, "
        + "within \(-largest) to \(largest), found \(found)"
    case .badExtents(let buffer, let found):
      "buffer \(buffer): extents: expected ascending parts of the buffer that cover its lifespans, "
        + "found \(found.map { "\($0.bytes) during \($0.times)" }.joined(separator: ", "))"
    case .negativeOffset(let buffer, let found):
      "buffer \(buffer): fixed offset: expected at least 0, found \(found)"
    case .tooLarge(let buffer):
      "buffer \(buffer): expected sizes and fixed ends of at most \(largest) bytes in all, "
        + "found more from here on"
    case .badPair(let spacing):
      "spacing \(spacing): expected two different buffers without another spacing"
    case .badDistance(let spacing, let found):
      "spacing \(spacing): distance: expected a multiple of the alignment, at most the size of the "
        + "buffer below, found \(found)"
    case .circle(let spacing):
      "spacing \(spacing): expected a lowest buffer, found a circle of spacings of distance 0"
    case .fixedOverlap(let buffer, let other):
      "buffer \(buffer): expected room at its fixed offset, found buffer \(other) there"
    }
  }
}
