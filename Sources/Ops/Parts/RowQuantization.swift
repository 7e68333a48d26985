internal import Tensor

/// The codes of 8 bits that a row of floats is given while the network runs, between its least and its
/// largest number.
///
/// Source: TensorFlow Lite, `SymmetricQuantizeFloats` and `AsymmetricQuantizeFloats` of the NEON code, which
/// LiteRT runs on x86 as well.
struct RowQuantization {
  /// What a code, less its zero point, is multiplied by.
  let scale: Float
  private let inverse: Float
  /// The codes less their zero point.
  private let codes: ClosedRange<Int32>

  /// The codes of a row whose numbers are `low` to `high`.
  init(low: Float, high: Float, isSymmetric: Bool) {
    if isSymmetric {
      self.init(symmetric: max(abs(low), abs(high)))
    } else {
      self.init(low: min(0, low), high: max(0, high))
    }
  }

  /// Codes around 0, up to 127 for the largest magnitude.
  private init(symmetric range: Float) {
    (scale, inverse) = range == 0 ? (1, 0) : (range / 127, 127 / range)
    codes = -127...127
  }

  /// All codes, of which one is 0: rounded from the end of the row that is farther from 0.
  private init(low: Float, high: Float) {
    guard low != high else {
      (scale, inverse, codes) = (1, 0, -128...127)
      return
    }
    let step = Double(high - low) / 255
    let (below, above) = (Double(low) / step, Double(high) / step)
    let zero = 128 + abs(below) < 127 + abs(above) ? -128 - below : 127 - above
    let zeroPoint = Self.integer(zero.rounded(.toNearestOrAwayFromZero), in: -128...127)
    scale = Float(step)
    inverse = Float(1 / Double(scale))
    codes = -128 - zeroPoint...127 - zeroPoint
  }

  /// The code of a number, less its zero point.
  ///
  /// A vector rounds what half of 1 was added to, itself rounded; what is left of a row over its vectors is
  /// rounded once. Either takes a tie away from zero.
  @inline(__always)
  func code(of x: Float, isInVector: Bool) -> Int16 {
    let quotient = x * inverse
    let rounded =
      isInVector
      ? (quotient + (quotient < 0 ? -0.5 : 0.5)).rounded(.towardZero)
      : quotient.rounded(.toNearestOrAwayFromZero)
    return Int16(truncatingIfNeeded: Self.integer(rounded, in: codes))
  }

  /// The integer in `range` nearest to a whole number; of NaN the lowest.
  @inline(__always)
  private static func integer(
    _ x: some BinaryFloatingPoint, in range: ClosedRange<Int32>
  ) -> Int32 {
    guard x >= .init(range.lowerBound) else { return range.lowerBound }
    return x < .init(range.upperBound) ? Int32(x) : range.upperBound
  }
}

/// The scale of a row's codes.
struct RowScale: FoldFunction {
  /// Whether zero points are 0.
  let isSymmetric: Bool

  /// Below 0: the products of a channel have the others.
  var variant: Int { -1 }

  func addParameters(to hash: inout SipHash) { hash.add(UInt64(isSymmetric ? 1 : 0)) }

  @inline(__always)
  func begin(_ x: Float) -> (low: Float, high: Float) { (x, x) }

  @inline(__always)
  func extend(_ state: (low: Float, high: Float), by x: Float) -> (low: Float, high: Float) {
    (min(state.low, x), max(state.high, x))
  }

  /// How a row between two numbers is quantized.
  func quantization(_ state: (low: Float, high: Float)) -> RowQuantization {
    RowQuantization(low: state.low, high: state.high, isSymmetric: isSymmetric)
  }

  func finish(_ state: (low: Float, high: Float)) -> Float { quantization(state).scale }
}

/// A row's codes, each less its zero point.
struct RowCodes: RowFunction {
  /// Where the scale comes from.
  let scale: RowScale

  func addParameters(to hash: inout SipHash) { scale.addParameters(to: &hash) }

  func callAsFunction(
    _ row: UnsafeMutableBufferPointer<Float>, into results: UnsafeMutableBufferPointer<Int16>
  ) {
    let quantization = scale.quantization(
      row.dropFirst().reduce(scale.begin(row[0]), scale.extend))
    // A vector is of 8 numbers.
    let vectors = row.count & ~7
    for (index, x) in row.enumerated() {
      results.initializeElement(
        at: index, to: quantization.code(of: x, isInVector: index < vectors))
    }
  }
}
