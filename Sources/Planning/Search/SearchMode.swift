/// A kind of group that a search may use.
public enum SearchMode: String, Hashable, Sendable, CaseIterable {
  /// Spatial tiles of any height and width, halos recomputed: fused feature-map tiling.
  case ffmt
  /// Channel slices, added into partial sums where the last operator sums over channels: fused depthwise
  /// tiling.
  case fdt
  /// Rows, or columns, one at a time, with rings: nothing is recomputed.
  case line
  /// Spatial tiles along one axis, inside them a ring along the other.
  case strip
  /// Spatial tiles, inside them channel slices.
  case nested
}
