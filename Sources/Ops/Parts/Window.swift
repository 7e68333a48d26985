internal import Tensor

/// How a window moves along one axis of a feature map.
package struct Window: Hashable, Sendable {
  /// Taps per window.
  package let size: Int
  /// Input coordinates between the starts of neighbouring windows.
  package let stride: Int
  /// Input coordinates between neighbouring taps.
  package let dilation: Int
  /// Padding coordinates before the first input coordinate.
  package let padding: Int
  /// The input's extent.
  package let extent: Int

  /// Input coordinates from a window's first tap to its last, both included.
  static func span(size: Int, dilation: Int) -> Int { (size - 1) * dilation + 1 }

  /// Places windows along an axis as `padding` says.
  ///
  /// - Precondition: size, stride and dilation are at least 1.
  package init(size: Int, stride: Int, dilation: Int, padding: Padding, extent: Int) {
    self.size = size
    self.stride = stride
    self.dilation = dilation
    self.extent = extent
    switch padding {
    case .same:
      let outputs = (extent + stride - 1) / stride
      let needed = (outputs - 1) * stride + Window.span(size: size, dilation: dilation)
      self.padding = max(needed - extent, 0) / 2
    case .valid: self.padding = 0
    }
  }

  /// The rule by which a tile reads the axis that this window moves along.
  package func access(axis: Int) -> AxisAccess {
    .window(axis: axis, size: size, stride: stride, dilation: dilation, offset: -padding)
  }

  /// The rule by which a tile of what this window moves along reads the windows.
  func transposedAccess(axis: Int) -> AxisAccess {
    .transposed(axis: axis, size: size, stride: stride, offset: padding)
  }

  /// Where the window stands to have a tap over `coordinate` of what it moves along; it may stand
  /// before or past the first and last one.
  ///
  /// - Precondition: it is not dilated.
  @inline(__always)
  func positions(over coordinate: Int) -> Range<Int> {
    let first = coordinate &+ padding &- size &+ stride
    let low = max(first, 0) / stride
    return low..<max(low, (coordinate &+ padding) / stride &+ 1)
  }

  /// The taps of the window at output coordinate `output` whose input coordinate lies in `range`.
  ///
  /// - Precondition: `range` lies within the input.
  @inline(__always)
  func taps(at output: Int, within range: Range<Int>) -> Range<Int> {
    let first = output &* stride &- padding
    let low = max(range.lowerBound &- first &+ dilation &- 1, 0) / dilation
    let high = min(max(range.upperBound &- first &+ dilation &- 1, 0) / dilation, size)
    return low..<max(low, high)
  }

  /// The input coordinate of tap `tap` of the window at `output`.
  @inline(__always)
  func coordinate(at output: Int, tap: Int) -> Int {
    output &* stride &- padding &+ tap &* dilation
  }
}

/// How far windows may reach past the edge; the raw value is the schema's code.
package enum Padding: Int8, Hashable, Sendable, CaseIterable {
  case same = 0
  case valid = 1

  /// Reads the padding from an options table.
  package init(_ options: some OptionTable, slot: Int) throws(OptionError) {
    let code = try options.int8(slot, default: 0)
    guard let padding = Padding(rawValue: code) else {
      throw OptionError(slot: slot, expected: "padding 0 (SAME) or 1 (VALID), not code \(code)")
    }
    self = padding
  }

  /// The number of windows along an axis; at most 0 when not one fits.
  package func outputExtent(extent: Int, size: Int, stride: Int, dilation: Int) -> Int {
    switch self {
    case .same: (extent + stride - 1) / stride
    case .valid:
      // Rounds towards minus infinity where no window fits.
      (extent - Window.span(size: size, dilation: dilation) + stride) >= 0
        ? (extent - Window.span(size: size, dilation: dilation) + stride) / stride : 0
    }
  }
}
