internal import Tensor

/// A function of two operands, element by element, with broadcasting.
struct BinaryKernel<Function: BinaryFunction>: ElementKernel {
  private let function: Function
  private let access: Access

  /// Applies `function` to the pairs that the tiling rule `access` states.
  init(_ function: Function, _ access: Access) {
    self.function = function
    self.access = access
  }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    call.region.forEachRow { start in
      let left = access.row(of: 0, call.input(0), at: start)
      let right = access.row(of: 1, call.input(1), at: start)
      let target = output.row(at: start)
      for coordinate in call.region.row {
        arithmetic.apply(function, left[coordinate], right[coordinate], to: target[coordinate])
      }
    }
  }
}
