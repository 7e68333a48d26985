internal import Tensor

/// How a window moves over the height and width of an NHWC feature map.
package struct Window2D: Hashable, Sendable {
  /// Along the height, axis 1.
  package let height: Window
  /// Along the width, axis 2.
  package let width: Window

  /// Makes the window of a feature map from the windows of its axes.
  package init(height: Window, width: Window) {
    self.height = height
    self.width = width
  }

  /// The number of taps, padding included.
  package var size: Int { height.size * width.size }

  /// Fills `taps` with the taps of the window at (`y`, `x`) that lie in `reduce`, and returns how
  /// many they are.
  ///
  /// There must be room for `size` taps; `rows` and `columns` say where the operand stores its
  /// height and width.
  @inline(__always)
  func collect(
    _ taps: UnsafeMutableBufferPointer<Tap>, y: Int, x: Int, reduce: Region,
    rows: AxisMap, columns: AxisMap
  ) -> Int {
    var count = 0
    let columnTaps = width.taps(at: x, within: reduce[2])
    for kernelY in height.taps(at: y, within: reduce[1]) {
      let row = rows.offset(height.coordinate(at: y, tap: kernelY))
      for kernelX in columnTaps {
        taps[count] = Tap(
          offset: row &+ columns.offset(width.coordinate(at: x, tap: kernelX)),
          position: kernelY &* width.size &+ kernelX)
        count &+= 1
      }
    }
    return count
  }
}

/// One tap of a window that lies inside the feature map.
struct Tap {
  /// The offset in elements of the tap's row and column in the operand's storage.
  let offset: Int
  /// The tap's row-major position within the window.
  let position: Int
}
