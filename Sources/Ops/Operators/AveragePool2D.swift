package import Tensor

/// AVERAGE_POOL_2D: the mean over a window of each channel, padding left out of the count.
///
/// NHWC; input and output share scale and zero point. int8, uint8, int16, float32.
package struct AveragePool2D: Operator {
  package static let builtins = [
    Builtin("AVERAGE_POOL_2D", 1, options: 5, versions: [.int8: 2, .int16: 3])
  ]

  /// Window, stride, padding and activation.
  package let attributes: PoolingAttributes

  init(attributes: PoolingAttributes) { self.attributes = attributes }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(attributes: try PoolingAttributes(options))
  }

  package var options: OptionValues { attributes.options }

  package func check(_ signature: Signature) throws(OperatorError) {
    try attributes.check(signature, [.int8, .uint8, .int16, .float32])
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    attributes.isImplemented(signature, by: profile)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    attributes.access(signature)
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 40, data: 32)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let (window, output) = (attributes.window(signature), signature.outputs[0])
    switch output.element {
    case .float32:
      return SpecializedSummingKernel(
        MeanKernel(window: window, mean: FloatPoolMean(FloatClamp(attributes.activation))))
    case .uint8:
      return SpecializedSummingKernel(
        MeanKernel(window: window, mean: PoolMean<UInt8>(attributes.activation.codes(of: output))))
    case .int16:
      return SpecializedSummingKernel(
        MeanKernel(window: window, mean: PoolMean<Int16>(attributes.activation.codes(of: output))))
    case .int8:
      return SpecializedSummingKernel(
        MeanKernel(window: window, mean: PoolMean<Int8>(attributes.activation.codes(of: output))))
    case let element: preconditionFailure("no kernel for \(element)")
    }
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let range = attributes.activation.realRange
    return [
      attributes.window(signature).reduce(inputs[0], signature) { taps in
        min(max(taps.reduce(0, +) / Double(taps.count), range.lowerBound), range.upperBound)
      }
    ]
  }

  /// The mean is exact but for one rounding of codes, or one per float sum.
  ///
  /// Codes: the exact mean, rounded once; or the clamp, the code nearest to a quotient below 2^8 (of int16
  /// 2^15), which is a float and so off by 2^-17 (2^-10) at most. Floats: each sum is rounded to 2^-24 of at most the
  /// sum of magnitudes, which the division turns into the largest of them.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    guard signature.outputs[0].element == .float32 else {
      return signature.outputs[0].element == .int16 ? 0.5 + 0x1p-8 : 0.5 + 0x1p-16
    }
    let largest = inputs[0]?.values.map(abs).max() ?? 0
    return largest * Double(attributes.height * attributes.width + 1) * 0x1p-23
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .randomMap([.int8, .uint8, .int16, .float32], using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    PoolingAttributes.random(AveragePool2D.init(attributes:), reading: type, using: &generator)
  }
}

/// What a sum of `count` elements becomes.
private protocol MeanFunction: SumFunction where Output == Terms.Element {
  /// The mean of so many elements.
  func over(_ count: Int) -> Self
}

private struct MeanKernel<Mean: MeanFunction>: SummingKernel {
  typealias Terms = Mean.Terms

  let window: Window2D
  let mean: Mean

  @inline(__always)
  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) where A.Terms == Terms {
    let input = call.input(0).cells
    let (depths, outputDepths) = (call.input(0).axes[3], sums.axes[3])
    window.forEachPixel(call, into: sums) { inputStart, sumStart, taps in
      for channel in call.region[3] {
        let place = sums.cells[sumStart &+ outputDepths.offset(channel)]
        var sum = fresh ? arithmetic.zero(of: channel) : arithmetic.load(place)
        if call.reduce[3].contains(channel) {
          let start = inputStart &+ depths.offset(channel)
          for index in taps.indices {
            sum = arithmetic.add(input[start &+ taps[index].offset], to: sum)
          }
        }
        arithmetic.store(sum, to: place)
      }
    }
  }

  @inline(__always)
  func finish<A: SumArithmetic>(
    _ call: KernelCall, sums: TensorView, into output: TensorView, in arithmetic: A
  ) where A.Terms == Terms {
    let (rows, columns) = (0..<window.height.extent, 0..<window.width.extent)
    call.region.forEachRow { start in
      let count =
        window.height.taps(at: start[1], within: rows).count
        * window.width.taps(at: start[2], within: columns).count
      arithmetic.finish(
        sums.row(at: start), at: call.region[3], mean.over(max(count, 1)),
        into: output.row(at: start))
    }
  }
}

/// The mean of codes, rounded to nearest, ties away from zero, clamped.
///
/// Source: TensorFlow Lite, `reference_integer_ops::AveragePool`.
private struct PoolMean<Code: FixedWidthInteger & Stored>: MeanFunction {
  typealias Terms = IntegerTerms<Code, Code, Int32>

  private let codes: ClosedRange<Int32>
  private var count: Int32 = 1

  init(_ codes: ClosedRange<Int32>) { self.codes = codes }

  var variant: Int { Int(count) }

  func over(_ count: Int) -> Self {
    var mean = self
    mean.count = Int32(truncatingIfNeeded: count)
    return mean
  }

  func addParameters(of channel: Int, to hash: inout SipHash) {
    hash.add(count)
    hash.add(codes)
  }

  @inline(__always)
  func callAsFunction(_ sum: Int32, channel: Int) -> Code {
    let half = count / 2
    let mean = (sum > 0 ? sum &+ half : sum &- half) / count
    return Code(truncatingIfNeeded: min(max(mean, codes.lowerBound), codes.upperBound))
  }
}

/// The mean of floats, clamped.
///
/// Source: TensorFlow Lite, `reference_ops::AveragePool`.
private struct FloatPoolMean: MeanFunction {
  typealias Terms = FloatTerms

  private let clamp: FloatClamp
  private var count: Float = 1

  init(_ clamp: FloatClamp) { self.clamp = clamp }

  var variant: Int { Int(count) }

  func over(_ count: Int) -> Self {
    var mean = self
    mean.count = Float(count)
    return mean
  }

  func addParameters(of channel: Int, to hash: inout SipHash) {
    hash.add(count)
    clamp.addParameters(to: &hash)
  }

  @inline(__always)
  func callAsFunction(_ sum: Float, channel: Int) -> Float { clamp(sum / count) }
}
