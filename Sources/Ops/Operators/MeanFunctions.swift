internal import Tensor

/// The mean or the sum of `count` codes, rescaled, from their sum.
///
/// For a mean the multiplier is divided by the count after it is shifted left as far as the count has bits.
/// Source: TensorFlow Lite, `reference_ops::QuantizedMeanOrSum`.
struct CodeMean<Code: FixedWidthInteger & Stored>: SumFunction {
  typealias Terms = IntegerTerms<Code, Code, Int32>

  private let multiplier: FixedPointMultiplier
  /// What the sum of as many zeros is.
  private let zeroSum: Int32
  private let outputZeroPoint: Int32

  init(_ signature: Signature, count: Int, divides: Bool) {
    let scales = signature.rescaling ?? (1, 1)
    let factor = FixedPointMultiplier(scales.input / scales.output)
    multiplier = divides ? factor.divided(by: count) : factor
    zeroSum = signature.input(0).zeroPoint &* Int32(truncatingIfNeeded: count)
    outputZeroPoint = signature.outputs[0].zeroPoint
  }

  func addParameters(of channel: Int, to hash: inout SipHash) {
    hash.add(multiplier)
    hash.add(zeroSum)
    hash.add(outputZeroPoint)
  }

  @inline(__always)
  func callAsFunction(_ sum: Int32, channel: Int) -> Code {
    Code(clamping: multiplier.roundedTwice(sum &- zeroSum) &+ outputZeroPoint)
  }
}

/// The mean of `count` integers, truncated towards zero, from their sum in 64 bits; their sum where the count
/// is 1.
struct IntegerMean<Element: FixedWidthInteger & Stored>: SumFunction {
  typealias Terms = IntegerTerms<Element, Element, Int64>

  private let count: Int64

  init(count: Int) { self.count = Int64(max(count, 1)) }

  func addParameters(of channel: Int, to hash: inout SipHash) {
    hash.add(UInt64(bitPattern: count))
  }

  @inline(__always)
  func callAsFunction(_ sum: Int64, channel: Int) -> Element {
    Element(truncatingIfNeeded: sum / count)
  }
}

/// The mean of `count` floats; their sum where the count is 1.
struct FloatMean<Terms: SumTerms>: SumFunction where Terms.Sum == Float {
  let count: Float

  func addParameters(of channel: Int, to hash: inout SipHash) {
    hash.add(count)
  }

  @inline(__always)
  func callAsFunction(_ sum: Float, channel: Int) -> Float { sum / count }
}

/// Sums of floats that start from -0, which changes no number: from the first term.
enum FloatTermsFromMinusZero: SumTerms {
  typealias Element = Float
  typealias Weight = Float
  typealias Sum = Float

  static var isAssociative: Bool { false }

  @inline(__always)
  static var zero: Float { -.zero }

  @inline(__always)
  static func add(_ element: Float, to sum: Float) -> Float { sum + element }

  @inline(__always)
  static func add(
    _ element: Float, minus elementZero: Int32, times weight: Float, minus weightZero: Int32,
    to sum: Float
  ) -> Float { sum + element * weight }
}
