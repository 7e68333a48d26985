internal import Glibc
internal import Tensor

/// The softmax of a row of codes of 16 bits by interpolation in two tables: of the exponential from -10 to 0, and of
/// 1 / (1 + x) from 0 to 1.
///
/// Source: TensorFlow Lite, `reference_ops::SoftmaxInt16`.
struct SoftmaxWords: RowFunction {
  /// From differences of codes to 2^16 steps from -10 to 0.
  private let multiplier: FixedPointMultiplier
  private let exponentials: [Int32]
  private let reciprocals: [Int32]
  /// Stands for the tables where they are parameters.
  private let digest: UInt64

  /// What differences of codes are multiplied by.
  static func factor(scale: Float, beta: Float, inSingle: Bool) -> Double {
    (inSingle ? Double(scale * beta) : Double(scale) * Double(beta)) / (10 / 65535)
  }

  init(factor: Double, tabulatesInDouble: Bool) {
    multiplier = FixedPointMultiplier(factor)
    exponentials = Self.entries(scale: 10 / 65535 as Double, zeroPoint: 32767) { exp($0) }
    reciprocals =
      tabulatesInDouble
      ? Self.entries(scale: 1 / 65535 as Double, zeroPoint: -32768) { 1 / (1 + $0) }
      : Self.entries(scale: 1 / 65535 as Float, zeroPoint: -32768) { 1 / (1 + $0) }
    var hash = SipHash(key0: 0, key1: 0)
    for entry in exponentials + reciprocals { hash.add(entry) }
    digest = hash.value
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(multiplier)
    hash.add(digest)
  }

  func callAsFunction(
    _ row: UnsafeMutableBufferPointer<Int16>, into results: UnsafeMutableBufferPointer<Int16>
  ) {
    let largest = Int32(row.max() ?? 0)
    var sum: Int32 = 0
    for index in row.indices {
      let scaled = multiplier.roundedTwice(Int32(row[index]) &- largest) &+ 32767
      let power = Self.interpolate(Int16(clamping: scaled), exponentials)
      results.initializeElement(at: index, to: power)
      sum &+= Int32(power)
    }
    let headroom = Int64(UInt32(bitPattern: sum).leadingZeroBitCount)
    let fraction = (Int64(sum) &<< (headroom &- 1) &+ 1 << 13) &>> 14 &- 3 << 15
    let reciprocal = Int64(Self.interpolate(Int16(clamping: fraction), reciprocals))
    let shift = 31 &- headroom
    for index in results.indices {
      let product = Int64(results[index]) &* reciprocal
      let code = (product &+ 1 &<< (shift &- 1)) &>> shift
      results[index] = Int16(clamping: max(code, 0))
    }
  }

  /// The function at every 128th code from the lowest on, and at the highest, in steps of 2^-15, each corrected by
  /// half the error that interpolation has halfway to the next.
  ///
  /// Source: TensorFlow Lite, `LUTPopulate` of codes of 16 bits.
  private static func entries<Real: BinaryFloatingPoint>(
    scale: Real, zeroPoint: Int, _ function: (Real) -> Real
  ) -> [Int32] {
    let (first, last) = (scale * Real(-32768 - zeroPoint), scale * Real(32767 - zeroPoint))
    let step = (last - first) / 512
    let outputScale: Real = 2 / 65535
    let inverse = 65536 / (outputScale * 32767 - outputScale * -32768)
    func rounded(_ x: Real) -> Real { x.rounded(.toNearestOrAwayFromZero) }
    func entry(_ x: Real) -> Int32 { Int32(min(max(x, -32768), 32767)) }
    return (0..<512).map { index in
      let start = first + Real(index) * step
      let sample = rounded(function(start) * inverse)
      let middle = function(start + step / 2)
      let next = function(first + Real(index + 1) * step)
      let error = rounded((next * inverse + sample) / 2) - rounded(middle * inverse)
      return entry(sample - rounded(error / 2))
    } + [entry(rounded(function(last) * inverse))]
  }

  /// Source: TensorFlow Lite, `LUTLookup`.
  private static func interpolate(_ x: Int16, _ entries: [Int32]) -> Int16 {
    let index = 256 + Int(x >> 7)
    let slope = Int32(Int16(truncatingIfNeeded: entries[index + 1] &- entries[index]))
    let delta = (slope &* Int32(x & 0x7F) &+ 64) &>> 7
    return Int16(truncatingIfNeeded: entries[index] &+ delta)
  }
}
