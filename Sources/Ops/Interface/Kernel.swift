public import Tensor

/// What one tile computes from: views of the operands, the tile, and the part of the sum.
public struct KernelCall: Sendable {
  /// The operator's index in its graph: fingerprints tell operators apart by it.
  public var op: Int
  /// A view per operand; `nil` where the operator has none, or the phase reads none.
  public var inputs: [TensorView?]
  /// Which of the operator's outputs is computed.
  public var output: Int
  /// The tile: the region of that output.
  public var region: Region
  /// The taps that count: those whose coordinate in operand 0 lies inside.
  public var reduce: Region

  /// Makes a call.
  public init(
    op: Int = 0, inputs: [TensorView?], output: Int = 0, region: Region, reduce: Region
  ) {
    self.op = op
    self.inputs = inputs
    self.output = output
    self.region = region
    self.reduce = reduce
  }

  /// The view of an operand that the kernel cannot do without.
  ///
  /// - Precondition: the operator's `check` accepted the signature, and the caller bound the operand.
  public func input(_ index: Int) -> TensorView {
    guard let view = inputs[index] else { preconditionFailure("operand \(index) is not bound") }
    return view
  }
}

/// An operator made ready for one signature: multipliers derived, constants bound.
///
/// A conforming type writes the generic requirement alone. The one that takes a `Machine` has a
/// default, in which the compiler specializes the generic body for every arithmetic.
public protocol Kernel: Sendable {
  /// Computes the tile into `output`, which stores at least `call.region`.
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A)
  /// Computes the tile in the arithmetic that `machine` names.
  func compute(_ call: KernelCall, into output: TensorView, on machine: Machine)
}

extension Kernel {
  /// Runs the generic body, specialized for the arithmetic that `machine` names.
  @inline(__always)
  public func compute(_ call: KernelCall, into output: TensorView, on machine: Machine) {
    switch (machine, output.element) {
    case (.field(let key), _):
      compute(call, into: output, in: FieldArithmetic(key: key, op: call.op))
    case (.numbers, .int8): compute(call, into: output, in: Integers<Int8, Int8>())
    case (.numbers, _): preconditionFailure("no arithmetic on \(output.element)")
    }
  }
}
