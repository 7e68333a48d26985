internal import Tensor

/// A function of rows along the last axis.
struct RowKernel<Function: RowFunction>: ElementKernel {
  private let function: Function
  /// The extent of the last axis.
  private let depth: Int

  init(_ function: Function, depth: Int) {
    self.function = function
    self.depth = depth
  }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    call.region.forEachRow(in: call.input(0), output) { source, target in
      arithmetic.apply(function, count: depth, source, to: target, at: call.region.row)
    }
  }
}
