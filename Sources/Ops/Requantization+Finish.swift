internal import Tensor

extension Requantization {
  /// Turns complete sums into codes in row-major order; the last axis is the output channel.
  @inline(__always)
  func finish<A: Arithmetic>(
    _ sums: TensorView, over region: Region, into output: TensorView, in arithmetic: A
  ) {
    let last = region.rank - 1
    let (sumDepths, outputDepths) = (sums.axes[last], output.axes[last])
    region.forEachRow { start in
      let (sumStart, outputStart) = (sums.rowStart(start), output.rowStart(start))
      for channel in region[last] {
        let sum = arithmetic.loadSum(sums.cells, sumStart &+ sumDepths.offset(channel))
        arithmetic.store(
          arithmetic.finish(sum, self, channel: channel),
          output.cells, outputStart &+ outputDepths.offset(channel))
      }
    }
  }
}

extension TensorType {
  /// The zero point of a tensor that is quantized per tensor; 0 for one that is not quantized.
  var zeroPoint: Int32 { quantization?.zeroPoints[0] ?? 0 }
}
