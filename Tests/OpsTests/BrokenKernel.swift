import Ops
import Tensor

/// What the broken kernels sum.
typealias BrokenKernelTerms = IntegerTerms<Int8, Int8, Int32>

/// A kernel that does as a sound one does, but for what a conforming type does wrong.
protocol BrokenKernel: SummingKernel where Terms == BrokenKernelTerms {
  /// The kernel that is right.
  var sound: any SummingKernel<BrokenKernelTerms> { get }
}

extension BrokenKernel {
  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) where A.Terms == Terms {
    sound.accumulate(call, into: sums, fresh: fresh, in: arithmetic)
  }

  func finish<A: SumArithmetic>(
    _ call: KernelCall, sums: TensorView, into output: TensorView, in arithmetic: A
  ) where A.Terms == Terms {
    sound.finish(call, sums: sums, into: output, in: arithmetic)
  }
}
