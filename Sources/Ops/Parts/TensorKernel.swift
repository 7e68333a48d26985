internal import Tensor

/// Functions of whole tensors, one for each result of the operator.
struct TensorKernel<Function: TensorFunction>: ElementKernel {
  private let functions: [Function]

  init(_ functions: [Function]) { self.functions = functions }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    arithmetic.apply(
      functions[call.output], call.inputs.indices.map { call.input($0) }, to: output,
      in: call.region)
  }
}
