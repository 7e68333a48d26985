import Ops
import Tensor

/// Changes the byte after the tile's last element.
struct OverrunKernel: BrokenKernel {
  let sound: any SummingKernel<BrokenKernelTerms>

  func compute(_ call: KernelCall, into output: TensorView, on machine: Machine) {
    sound.compute(call, into: output, on: machine)
    let last = output.offset(of: call.region.ranges.map { $0.upperBound - 1 })
    let next = output.cells.base + (last + 1) * output.cells.width * machine.cellSizeInBytes
    next.storeBytes(of: ~next.load(as: UInt8.self), as: UInt8.self)
  }
}
