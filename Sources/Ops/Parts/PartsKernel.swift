internal import Tensor

/// Moves the elements of several results, each by a kernel of its own.
struct PartsKernel: ElementKernel {
  /// The kernel of each result.
  let parts: [MovementKernel]

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    parts[call.output].compute(call, into: output, in: arithmetic)
  }
}
