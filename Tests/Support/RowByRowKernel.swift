internal import Ops
internal import Tensor

/// Computes a tile of a feature map row by row: right, but not on the operand's own place.
struct RowByRowKernel: Kernel {
  let sound: any Kernel

  func compute(_ call: KernelCall, into output: TensorView, on machine: Machine) {
    var row = call
    for y in call.region[1] {
      row.region[1] = y..<y + 1
      sound.compute(row, into: output, on: machine)
    }
  }
}
