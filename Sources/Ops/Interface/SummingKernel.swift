public import Tensor

/// A kernel whose results are finished sums, so that it may also run in parts.
///
/// The whole is defined as one `accumulate` and one `finish`: partial sums cannot drift from it, and
/// bias and rounding happen once by construction. A conforming type writes the generic requirements;
/// see `ElementKernel` for how they are specialized.
public protocol SummingKernel<Terms>: Kernel {
  /// What is summed, as numbers.
  associatedtype Terms: SumTerms

  /// Adds the taps inside `call.reduce` to the sums of the tile, which start from 0 if `fresh`.
  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) where A.Terms == Terms
  /// Turns the complete sums of the tile into elements, in row-major order; reads no operand.
  func finish<A: SumArithmetic>(
    _ call: KernelCall, sums: TensorView, into output: TensorView, in arithmetic: A
  ) where A.Terms == Terms

  /// `accumulate` in the arithmetic that `machine` names.
  func accumulate(_ call: KernelCall, into sums: TensorView, fresh: Bool, on machine: Machine)
  /// `finish` in the arithmetic that `machine` names.
  func finish(_ call: KernelCall, sums: TensorView, into output: TensorView, on machine: Machine)
}

extension SummingKernel {
  /// The type of a partial sum in storage.
  public var sumElement: ElementType { Terms.Sum.element }

  /// Accumulates and finishes, a few rows at a time: as many sums as a cache holds.
  @inline(__always)
  public func compute(_ call: KernelCall, into output: TensorView, on machine: Machine) {
    let element = machine.scratchElement(for: sumElement)
    for part in call.region.slices(ofAtMost: 1 << 12) {
      withUnsafeTemporaryAllocation(
        byteCount: part.count * element.sizeInBytes * machine.cellSizeInBytes, alignment: 16
      ) { scratch in
        guard let base = scratch.baseAddress else { return }
        let sums = TensorView(
          cells: Cells(base: base, element: element, isConstant: false), region: part,
          axes: AxisMap.rowMajor(part))
        var partCall = call
        partCall.region = part
        machine.lend(sums) {
          accumulate(partCall, into: sums, fresh: true, on: machine)
          finish(partCall, sums: sums, into: output, on: machine)
        }
      }
    }
  }

  /// Runs the generic body in the arithmetic that `machine` names.
  @inline(__always)
  public func accumulate(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, on machine: Machine
  ) {
    switch machine {
    case .numbers: accumulate(call, into: sums, fresh: fresh, in: NumberSums<Terms>())
    case .field(let key):
      accumulate(
        call, into: sums, fresh: fresh, in: FieldSums<Terms>(key, call))
    case .traced(let trace):
      accumulate(call, into: sums, fresh: fresh, in: TracedSums<Terms>(trace))
    }
  }

  /// Runs the generic body in the arithmetic that `machine` names.
  @inline(__always)
  public func finish(
    _ call: KernelCall, sums: TensorView, into output: TensorView, on machine: Machine
  ) {
    switch machine {
    case .numbers: finish(call, sums: sums, into: output, in: NumberSums<Terms>())
    case .field(let key):
      finish(call, sums: sums, into: output, in: FieldSums<Terms>(key, call))
    case .traced(let trace):
      finish(call, sums: sums, into: output, in: TracedSums<Terms>(trace))
    }
  }
}
