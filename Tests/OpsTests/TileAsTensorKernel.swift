import Ops
import Tensor

/// Takes the rows of a tile, and of what is stored of the operand, for a tensor of their own: with
/// padding at the tile's edges.
struct TileAsTensorKernel: BrokenKernel {
  let sound: any SummingKernel<BrokenKernelTerms>

  func compute(_ call: KernelCall, into output: TensorView, on machine: Machine) {
    var local = call
    let input = call.input(0)
    local.inputs[0] = input.countingRows(from: input.region[1].lowerBound)
    local.region[1] = 0..<call.region[1].count
    local.reduce[1] = 0..<input.region[1].count
    sound.compute(
      local, into: output.countingRows(from: call.region[1].lowerBound), on: machine)
  }
}

extension TensorView {
  /// The same storage with row `first` called 0.
  fileprivate func countingRows(from first: Int) -> TensorView {
    var axes = axes
    axes[1] = AxisMap(
      low: axes[1].low - first, capacity: axes[1].capacity, isRing: axes[1].isRing,
      stride: axes[1].stride)
    return TensorView(cells: cells, region: region, axes: axes)
  }
}
