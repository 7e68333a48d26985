internal import Tensor

/// A function of one operand, element by element.
struct UnaryKernel<Function: UnaryFunction>: ElementKernel {
  private let function: Function

  init(_ function: Function) { self.function = function }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    call.region.forEachRow(in: call.input(0), output) { source, target in
      for coordinate in call.region.row {
        arithmetic.apply(function, source[coordinate], to: target[coordinate])
      }
    }
  }
}
