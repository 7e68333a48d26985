internal import Ops
internal import Tensor

/// Keeps sums in 16 bits from one part to the next: a sum that runs whole is right.
struct SaturatingKernel<Terms: SumTerms>: SummingKernel {
  let sound: any SummingKernel<Terms>

  func compute(_ call: KernelCall, into output: TensorView, on machine: Machine) {
    sound.compute(call, into: output, on: machine)
  }

  func accumulate(_ call: KernelCall, into sums: TensorView, fresh: Bool, on machine: Machine) {
    if !fresh && machine.cellSizeInBytes == 1 { saturate(sums, call.region) }
    sound.accumulate(call, into: sums, fresh: fresh, on: machine)
  }

  func finish(_ call: KernelCall, sums: TensorView, into output: TensorView, on machine: Machine) {
    sound.finish(call, sums: sums, into: output, on: machine)
  }

  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) where A.Terms == Terms {
    sound.accumulate(call, into: sums, fresh: fresh, in: arithmetic)
  }

  func finish<A: SumArithmetic>(
    _ call: KernelCall, sums: TensorView, into output: TensorView, in arithmetic: A
  ) where A.Terms == Terms {
    sound.finish(call, sums: sums, into: output, in: arithmetic)
  }

  private func saturate(_ sums: TensorView, _ region: Region) {
    guard sums.element == .int32 else { return }
    region.forEachRow { start in
      var coordinate = start
      for last in region.ranges.last ?? 0..<1 {
        if !coordinate.isEmpty { coordinate[coordinate.count - 1] = last }
        let place = sums.cells.base + sums.offset(of: coordinate) * sums.element.sizeInBytes
        let sum = place.loadUnaligned(as: Int32.self)
        let kept = min(max(sum, Int32(Int16.min)), Int32(Int16.max))
        place.storeBytes(of: kept, as: Int32.self)
      }
    }
  }
}
