internal import Tensor

extension Window2D {
  /// Calls `body` for every pixel of a tile: with the offset of its batch in operand 0, that of what
  /// it makes (`results`: sums, or elements), and the taps of its window that `call.reduce` counts.
  @inline(__always)
  func forEachPixel(
    _ call: KernelCall, into results: TensorView,
    _ body: (_ inputStart: Int, _ resultStart: Int, _ taps: UnsafeMutableBufferPointer<Tap>) -> Void
  ) {
    let input = call.input(0)
    let (rows, columns) = (input.axes[1], input.axes[2])
    let axes = results.axes
    withUnsafeTemporaryAllocation(of: Tap.self, capacity: size) { taps in
      for batch in call.region[0] {
        let isCounted = call.reduce[0].contains(batch)
        let inputStart = input.axes[0].offset(batch)
        for y in call.region[1] {
          let rowStart = axes[0].offset(batch) &+ axes[1].offset(y)
          for x in call.region[2] {
            let count =
              isCounted
              ? collect(taps, y: y, x: x, reduce: call.reduce, rows: rows, columns: columns) : 0
            body(
              inputStart, rowStart &+ axes[2].offset(x),
              UnsafeMutableBufferPointer(rebasing: taps[0..<count]))
          }
        }
      }
    }
  }
}
