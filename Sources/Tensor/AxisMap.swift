/// Where the coordinates of one axis of a tensor lie in storage.
///
/// Coordinate `c` is `c - low` strides from the start; on a ring axis, `c mod capacity` strides.
public struct AxisMap: Hashable, Sendable {
  /// The coordinate stored first; 0 on a ring axis.
  public let low: Int
  /// How many coordinates the storage holds.
  public let capacity: Int
  /// Whether coordinates wrap around at `capacity`.
  public let isRing: Bool
  /// Elements between neighbouring coordinates.
  public let stride: Int

  /// Makes the map of one axis.
  public init(low: Int, capacity: Int, isRing: Bool, stride: Int) {
    self.low = isRing ? 0 : low
    self.capacity = capacity
    self.isRing = isRing
    self.stride = stride
  }

  /// The maps of a row-major box that starts at `region`'s low corner; `rings` gives the capacity of
  /// each ring axis.
  public static func rowMajor(_ region: Region, rings: [Int: Int] = [:]) -> [AxisMap] {
    var maps: [AxisMap] = []
    var stride = 1
    for axis in (0..<region.rank).reversed() {
      let capacity = rings[axis] ?? region[axis].count
      maps.append(
        AxisMap(
          low: region[axis].lowerBound, capacity: capacity, isRing: rings[axis] != nil,
          stride: stride))
      stride *= capacity
    }
    return maps.reversed()
  }

  /// The map of an axis that a tensor without axes lacks: the coordinate 0 alone.
  public static let single = AxisMap(low: 0, capacity: 1, isRing: false, stride: 1)

  /// The offset in elements of coordinate `c` from the start of storage.
  @inlinable @inline(__always)
  public func offset(_ c: Int) -> Int { (isRing ? c % capacity : c &- low) &* stride }
}
