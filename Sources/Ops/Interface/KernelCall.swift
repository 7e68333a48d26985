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
  /// The taps that count: those whose coordinate in the summed operand lies inside.
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
