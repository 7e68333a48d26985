internal import Tensor

/// The walk over the taps of a sum of products, the same for every type of element.
///
/// Operand 0 is summed, operand 1 holds the weights, constants as a rule, operand 2, if there is one, the bias; results are
/// row-major with the output channel last.
protocol ProductTaps: Sendable {
  /// Adds the taps inside `call.reduce` to the sums of the tile, which start from 0 if `fresh`.
  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, _ weights: Weights, into sums: TensorView, fresh: Bool, in arithmetic: A)
}

extension ProductTaps {
  /// The kernel for the types of a signature that `requireWeights` accepted.
  func kernel(
    for signature: Signature, channels: Int, activation: Activation, rounding: Rounding
  ) -> any Kernel {
    let zeroPoints = (signature.input(0).zeroPoint, signature.input(1).zeroPoint)
    switch signature.input(0).element {
    case .float32:
      let result = BiasAndClamp(signature, channels: channels, activation: activation)
      return SpecializedSummingKernel(ProductKernel(self, zeroPoints, result))
    case .uint8:
      let result = Requantization<UInt8, UInt8, Int32>(
        signature, channels: channels, activation: activation, rounding: rounding)
      return SpecializedSummingKernel(ProductKernel(self, zeroPoints, result))
    case .int16 where signature.sumElement == .int32:
      let result = Requantization<Int16, Int8, Int32>(
        signature, channels: channels, activation: activation, rounding: rounding)
      return SpecializedSummingKernel(ProductKernel(self, zeroPoints, result))
    case .int16:
      let result = Requantization<Int16, Int8, Int64>(
        signature, channels: channels, activation: activation, rounding: rounding)
      return SpecializedSummingKernel(ProductKernel(self, zeroPoints, result))
    case .int8:
      let result = Requantization<Int8, Int8, Int32>(
        signature, channels: channels, activation: activation, rounding: rounding)
      return SpecializedSummingKernel(ProductKernel(self, zeroPoints, result))
    case let element: preconditionFailure("no kernel for \(element)")
    }
  }
}

/// A sum of products and what it becomes.
private struct ProductKernel<Taps: ProductTaps, Result: SumFunction>: SummingKernel {
  typealias Terms = Result.Terms

  private let taps: Taps
  private let zeroPoints: (element: Int32, weight: Int32)
  private let result: Result

  init(_ taps: Taps, _ zeroPoints: (Int32, Int32), _ result: Result) {
    self.taps = taps
    self.zeroPoints = zeroPoints
    self.result = result
  }

  @inline(__always)
  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) where A.Terms == Terms {
    // Constants are addressed row-major, and told apart by identity: no tile of them is ever bound.
    let weights = Weights(
      call.input(1).cells, operand: 1, elementZeroPoint: zeroPoints.element,
      weightZeroPoint: zeroPoints.weight)
    taps.accumulate(call, weights, into: sums, fresh: fresh, in: arithmetic)
  }

  @inline(__always)
  func finish<A: SumArithmetic>(
    _ call: KernelCall, sums: TensorView, into output: TensorView, in arithmetic: A
  ) where A.Terms == Terms {
    arithmetic.finish(sums, over: call.region, result, into: output)
  }
}

extension TensorType {
  /// The zero point of a tensor that is quantized per tensor; 0 for one that is not quantized.
  var zeroPoint: Int32 { quantization?.zeroPoints[0] ?? 0 }
}
