internal import Ops
internal import Tensor

/// The kernel of a `FaultyConvolution`.
struct FaultyKernel: SummingKernel {
  typealias Terms = IntegerTerms<Int8, Int8, Int32>

  let sound: any SummingKernel<Terms>
  let fault: FaultyConvolution.Fault

  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) where A.Terms == Terms {
    var call = call
    switch fault {
    case .forgetsSums: call.region[3] = call.region[3].dropLast()
    case .addsAllChannels: call.reduce[3] = call.input(1).region[3]
    case .shiftsRows, .leavesChannel, .goesRowByRow, .addsTwice: break
    }
    sound.accumulate(call, into: sums, fresh: fresh, in: arithmetic)
    if fault == .addsTwice {
      sound.accumulate(call, into: sums, fresh: false, in: arithmetic)
    }
  }

  func finish<A: SumArithmetic>(
    _ call: KernelCall, sums: TensorView, into output: TensorView, in arithmetic: A
  ) where A.Terms == Terms {
    var (call, output) = (call, output)
    switch fault {
    case .shiftsRows: output = output.storedOneRowOn
    case .leavesChannel: call.region[3] = call.region[3].dropLast()
    case .forgetsSums, .goesRowByRow, .addsAllChannels, .addsTwice: break
    }
    sound.finish(call, sums: sums, into: output, in: arithmetic)
  }
}

extension TensorView {
  /// The same storage, each row taken for the one before.
  fileprivate var storedOneRowOn: TensorView {
    var axes = axes
    axes[1] = AxisMap(
      low: axes[1].low - 1, capacity: axes[1].capacity, isRing: axes[1].isRing,
      stride: axes[1].stride)
    return TensorView(cells: cells, region: region, axes: axes)
  }
}
