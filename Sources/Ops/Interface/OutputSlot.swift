internal import Tensor

/// One coordinate of an axis of a result, at which all of an operand lies that lacks that axis.
///
/// Nowhere else is the operand read; where it has no axis at all, it counts as read by every tile.
public struct OutputSlot: Hashable, Sendable {
  /// The axis of the result.
  public let axis: Int
  /// The coordinate there.
  public let coordinate: Int

  /// Names a coordinate.
  public init(axis: Int, coordinate: Int) {
    self.axis = axis
    self.coordinate = coordinate
  }

  /// Whether a region of the result has the coordinate.
  func lies(in region: Region) -> Bool { region[axis].contains(coordinate) }
}
