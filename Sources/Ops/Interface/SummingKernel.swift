public import Tensor

/// A kernel whose results are finished sums, so that it may also run in parts.
///
/// The whole is defined as one `accumulate` and one `finish`: partial sums cannot drift from it, and
/// bias and rounding happen once by construction.
public protocol SummingKernel: Kernel {
  /// The type of a partial sum in storage.
  var sumElement: ElementType { get }
  /// The type of the elements that are summed.
  var element: ElementType { get }
  /// Adds the taps inside `call.reduce` to the sums of the tile, which start from 0 if `fresh`.
  func accumulate<A: Arithmetic>(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, in arithmetic: A)
  /// Turns the complete sums of the tile into elements, in row-major order; reads no operand.
  func finish<A: Arithmetic>(
    _ call: KernelCall, sums: TensorView, into output: TensorView, in arithmetic: A)

  /// `accumulate` in the arithmetic that `machine` names.
  func accumulate(_ call: KernelCall, into sums: TensorView, fresh: Bool, on machine: Machine)
  /// `finish` in the arithmetic that `machine` names.
  func finish(_ call: KernelCall, sums: TensorView, into output: TensorView, on machine: Machine)
}

extension SummingKernel {
  /// Accumulates and finishes, a few rows at a time.
  @inline(__always)
  public func compute<A: Arithmetic>(
    _ call: KernelCall, into output: TensorView, in arithmetic: A
  ) {
    for part in call.region.slices(ofAtMost: 1 << 14) {
      let width = sumElement.sizeInBytes
      withUnsafeTemporaryAllocation(
        byteCount: part.count * width * A.cellSizeInBytes, alignment: 16
      ) { scratch in
        guard let base = scratch.baseAddress else { return }
        let sums = TensorView(
          cells: Cells(base: base, element: sumElement, isConstant: false), region: part,
          axes: AxisMap.rowMajor(part))
        var partCall = call
        partCall.region = part
        accumulate(partCall, into: sums, fresh: true, in: arithmetic)
        finish(partCall, sums: sums, into: output, in: arithmetic)
      }
    }
  }

  /// Runs the generic body, specialized for the arithmetic that `machine` names.
  @inline(__always)
  public func accumulate(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, on machine: Machine
  ) {
    switch (machine, element) {
    case (.field(let key), _):
      accumulate(
        call, into: sums, fresh: fresh, in: FieldArithmetic(key: key, op: call.op))
    case (.numbers, .int8):
      accumulate(call, into: sums, fresh: fresh, in: Integers<Int8, Int8>())
    case (.numbers, _): preconditionFailure("no arithmetic on \(element)")
    }
  }

  /// Runs the generic body, specialized for the arithmetic that `machine` names.
  @inline(__always)
  public func finish(
    _ call: KernelCall, sums: TensorView, into output: TensorView, on machine: Machine
  ) {
    switch (machine, element) {
    case (.field(let key), _):
      finish(call, sums: sums, into: output, in: FieldArithmetic(key: key, op: call.op))
    case (.numbers, .int8):
      finish(call, sums: sums, into: output, in: Integers<Int8, Int8>())
    case (.numbers, _): preconditionFailure("no arithmetic on \(element)")
    }
  }
}
