import Ops
import Tensor

/// Reads the operand and writes results row by row: right, but not on the operand's own place.
struct EachRowKernel: BrokenKernel {
  let sound: any SummingKernel<BrokenKernelTerms>

  func compute(_ call: KernelCall, into output: TensorView, on machine: Machine) {
    var row = call
    for y in call.region[1] {
      row.region[1] = y..<y + 1
      sound.compute(row, into: output, on: machine)
    }
  }
}
