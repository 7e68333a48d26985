internal import Ops
internal import Tensor

/// Finishes a tile that starts at a later channel with the multipliers from channel 0 on.
struct SlicedMultipliersKernel<Terms: SumTerms>: SummingKernel {
  let sound: any SummingKernel<Terms>
  /// The kernel whose channel `channel` has the multiplier of channel 0, and so on.
  let shifted: @Sendable (_ channel: Int) -> (any SummingKernel<Terms>)?

  func accumulate(_ call: KernelCall, into sums: TensorView, fresh: Bool, on machine: Machine) {
    sound.accumulate(call, into: sums, fresh: fresh, on: machine)
  }

  func finish(_ call: KernelCall, sums: TensorView, into output: TensorView, on machine: Machine) {
    finishing(call).finish(call, sums: sums, into: output, on: machine)
  }

  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) where A.Terms == Terms {
    sound.accumulate(call, into: sums, fresh: fresh, in: arithmetic)
  }

  func finish<A: SumArithmetic>(
    _ call: KernelCall, sums: TensorView, into output: TensorView, in arithmetic: A
  ) where A.Terms == Terms {
    finishing(call).finish(call, sums: sums, into: output, in: arithmetic)
  }

  private func finishing(_ call: KernelCall) -> any SummingKernel<Terms> {
    let channel = call.region.ranges.last?.lowerBound ?? 0
    return (channel > 0 ? shifted(channel) : nil) ?? sound
  }
}
