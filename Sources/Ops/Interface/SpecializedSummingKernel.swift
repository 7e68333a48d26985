internal import Tensor

/// A summing kernel of a generic type, compiled for the types that it has where this is made.
struct SpecializedSummingKernel<Terms: SumTerms>: SummingKernel {
  private let kernel: any SummingKernel<Terms>
  private let accumulateBody: @Sendable (KernelCall, TensorView, Bool, Machine) -> Void
  private let finishBody: @Sendable (KernelCall, TensorView, TensorView, Machine) -> Void

  @inline(__always)
  init<Body: SummingKernel>(_ kernel: Body) where Body.Terms == Terms {
    self.kernel = kernel
    accumulateBody = { call, sums, fresh, machine in
      kernel.accumulate(call, into: sums, fresh: fresh, on: machine)
    }
    finishBody = { call, sums, output, machine in
      kernel.finish(call, sums: sums, into: output, on: machine)
    }
  }

  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) where A.Terms == Terms {
    kernel.accumulate(call, into: sums, fresh: fresh, in: arithmetic)
  }

  func finish<A: SumArithmetic>(
    _ call: KernelCall, sums: TensorView, into output: TensorView, in arithmetic: A
  ) where A.Terms == Terms {
    kernel.finish(call, sums: sums, into: output, in: arithmetic)
  }

  func accumulate(_ call: KernelCall, into sums: TensorView, fresh: Bool, on machine: Machine) {
    accumulateBody(call, sums, fresh, machine)
  }

  func finish(_ call: KernelCall, sums: TensorView, into output: TensorView, on machine: Machine) {
    finishBody(call, sums, output, machine)
  }
}
