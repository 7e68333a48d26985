import Ops
import Tensor

/// Never adds the last input channel.
struct ForgetfulKernel: BrokenKernel {
  let sound: any SummingKernel<BrokenKernelTerms>

  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) where A.Terms == Terms {
    var short = call
    // The weights hold as many input channels as the operand.
    let channels = call.input(1).region[3]
    short.reduce[3] = short.reduce[3].clamped(to: channels.dropLast())
    sound.accumulate(short, into: sums, fresh: fresh, in: arithmetic)
  }
}
