package import Tensor

/// AVERAGE_POOL_2D: the mean over a window of each channel, padding left out of the count.
///
/// NHWC; input and output share scale and zero point. int8.
package struct AveragePool2D: Operator {
  package static let name = "AVERAGE_POOL_2D"
  package static let builtinCode = 1
  package static let optionsCode = 5

  /// Window, stride, padding and activation.
  package let attributes: PoolingAttributes

  init(attributes: PoolingAttributes) { self.attributes = attributes }

  package init(options: some OptionTable) throws(OptionError) {
    self.init(attributes: try PoolingAttributes(options))
  }

  package var options: OptionValues { attributes.options }

  package func check(_ signature: Signature) throws(OperatorError) {
    try attributes.check(signature, [.int8])
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let window = attributes.window(signature)
    return Access(
      [
        [
          .window(axis: 0), window.height.access(axis: 1), window.width.access(axis: 2),
          .window(axis: 3),
        ]
      ], signature: signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    AveragePool2DKernel(
      window: attributes.window(signature), element: signature.input(0).element,
      codes: attributes.activation.codes(of: signature.outputs[0]))
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> RealTensor {
    guard let input = inputs[0] else { preconditionFailure("a pool has an input") }
    let window = attributes.window(signature)
    let output = signature.outputs[0].shape
    let patches = window.patches(of: input, output: output)
    let ones = RealTensor(input.shape, [Double](repeating: 1, count: input.shape.count))
    let counts = window.patches(of: ones, output: output)
    let channels = output[3]
    let range = attributes.activation.realRange
    let values = (0..<output.count).map { index in
      let start = index / channels * window.size * channels + index % channels
      let taps = (0..<window.size).map { start + $0 * channels }
      let mean = taps.reduce(0) { $0 + patches[$1] } / taps.reduce(0) { $0 + counts[$1] }
      return min(max(mean, range.lowerBound), range.upperBound)
    }
    return RealTensor(output, values)
  }

  /// The exact mean of codes, rounded once; or the clamp, the code nearest to a quotient below 2^8,
  /// which is a float and so off by 2^-17 at most.
  package func errorBound(_ signature: Signature) -> Double { 0.5 + 0x1p-16 }

  package static func random(using generator: inout SplitMix64) -> Example {
    PoolingAttributes.random(using: &generator, AveragePool2D.init(attributes:))
  }
}

private struct AveragePool2DKernel: SummingKernel {
  let window: Window2D
  let element: ElementType
  let codes: ClosedRange<Int32>

  var sumElement: ElementType { .int32 }

  @inline(__always)
  func accumulate<A: Arithmetic>(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) {
    let input = call.input(0).cells
    let (depths, outputDepths) = (call.input(0).axes[3], sums.axes[3])
    window.forEachPixel(call, sums: sums) { inputStart, sumStart, taps in
      for channel in call.region[3] {
        let sumOffset = sumStart &+ outputDepths.offset(channel)
        var sum = fresh ? arithmetic.zero : arithmetic.loadSum(sums.cells, sumOffset)
        if call.reduce[3].contains(channel) {
          let start = inputStart &+ depths.offset(channel)
          for index in taps.indices {
            sum = arithmetic.add(arithmetic.load(input, start &+ taps[index].offset), to: sum)
          }
        }
        arithmetic.storeSum(sum, sums.cells, sumOffset)
      }
    }
  }

  @inline(__always)
  func finish<A: Arithmetic>(
    _ call: KernelCall, sums: TensorView, into output: TensorView, in arithmetic: A
  ) {
    let region = call.region
    let (rows, columns) = (0..<window.height.extent, 0..<window.width.extent)
    region.forEachRow { start in
      let (y, x) = (start[1], start[2])
      let count =
        window.height.taps(at: y, within: rows).count
        * window.width.taps(at: x, within: columns).count
      let mean = Mean(count: Int32(truncatingIfNeeded: max(count, 1)), codes: codes)
      let (sumStart, outputStart) = (sums.rowStart(start), output.rowStart(start))
      for channel in region[3] {
        let sum = arithmetic.loadSum(sums.cells, sumStart &+ sums.axes[3].offset(channel))
        arithmetic.store(
          arithmetic.finish(sum, mean, channel: channel),
          output.cells, outputStart &+ output.axes[3].offset(channel))
      }
    }
  }
}

/// The mean of `count` codes, rounded to nearest, ties away from zero, clamped.
///
/// Source: TensorFlow Lite, `reference_integer_ops::AveragePool`.
private struct Mean: SumFunction {
  let count: Int32
  let codes: ClosedRange<Int32>

  @inline(__always)
  func code(of sum: Int32, channel: Int) -> Int32 {
    let half = count / 2
    let mean = (sum > 0 ? sum &+ half : sum &- half) / count
    return min(max(mean, codes.lowerBound), codes.upperBound)
  }
}
