internal import Tensor

/// Folds the elements of a window, channel by channel.
struct FoldPoolKernel<Fold: FoldFunction>: ElementKernel {
  let window: Window2D
  let fold: Fold

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let (input, depths) = (call.input(0).cells, call.input(0).axes[3])
    window.forEachPixel(call, into: output) { inputStart, outputStart, taps in
      for channel in call.region[3] {
        let start = inputStart &+ depths.offset(channel)
        arithmetic.fold(
          fold, count: taps.count, { input[start &+ taps[$0].offset] },
          to: output.cells[outputStart &+ output.axes[3].offset(channel)])
      }
    }
  }
}
