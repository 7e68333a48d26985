internal import Tensor

extension SumArithmetic {
  /// Writes what the complete sums of a region become, in row-major order; the last axis is the output
  /// channel.
  @inline(__always)
  func finish<Function: SumFunction>(
    _ sums: TensorView, over region: Region, _ function: Function, into output: TensorView
  ) where Function.Terms == Terms {
    region.forEachRow(in: sums, output) { sums, results in
      finish(sums, at: region.row, function, into: results)
    }
  }

  /// Writes what the complete sums at some coordinates of a row become.
  @inline(__always)
  func finish<Function: SumFunction>(
    _ sums: ElementRow, at channels: Range<Int>, _ function: Function, into results: ElementRow
  ) where Function.Terms == Terms {
    for channel in channels {
      finish(load(sums[channel]), function, channel: channel, to: results[channel])
    }
  }
}
