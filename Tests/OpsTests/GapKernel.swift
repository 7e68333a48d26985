import Ops
import Tensor

/// Leaves the last channel of a tile unwritten.
struct GapKernel: BrokenKernel {
  let sound: any SummingKernel<BrokenKernelTerms>

  func compute(_ call: KernelCall, into output: TensorView, on machine: Machine) {
    var short = call
    short.region[3] = short.region[3].dropLast()
    sound.compute(short, into: output, on: machine)
  }
}
