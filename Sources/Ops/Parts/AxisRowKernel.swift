internal import Tensor

/// A function of rows along any axis, which operand 0 and the result have alike.
struct AxisRowKernel<Function: RowFunction>: ElementKernel {
  private let function: Function
  private let axis: Int
  /// The axis' extent.
  private let depth: Int

  init(_ function: Function, axis: Int, depth: Int) {
    self.function = function
    self.axis = axis
    self.depth = depth
  }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let input = call.input(0)
    var rows = call.region
    rows[axis] = rows[axis].lowerBound..<rows[axis].lowerBound + 1
    rows.forEachRow { start in
      var place = start
      for coordinate in rows.row {
        place[place.count - 1] = coordinate
        arithmetic.apply(
          function, count: depth, input.row(at: place, along: axis),
          to: output.row(at: place, along: axis), at: call.region[axis])
      }
    }
  }
}
