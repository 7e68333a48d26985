import Ops
import Tensor

/// Clears the lowest bits of partial sums, as a kernel does that requantizes too early.
struct EarlyRoundingKernel: BrokenKernel {
  let sound: any SummingKernel<BrokenKernelTerms>

  func accumulate(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, on machine: Machine
  ) {
    sound.accumulate(call, into: sums, fresh: fresh, on: machine)
    guard machine == .numbers else { return }
    call.region.forEachRow { start in
      for last in call.region[3] {
        let offset = sums.offset(of: start.dropLast() + [last]) * 4
        let sum = sums.cells.base.loadUnaligned(fromByteOffset: offset, as: Int32.self)
        sums.cells.base.storeBytes(of: sum & ~63, toByteOffset: offset, as: Int32.self)
      }
    }
  }
}
