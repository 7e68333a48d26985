internal import Tensor

/// Interpolates between four pixels of a map.
///
/// The function of a pixel is made of how far its place is from the first row and the first column that it
/// lies between; it takes the elements of the first column from the first to the last row, then those of
/// the last one.
struct InterpolationKernel<Function: FoldFunction & Interpolation>: ElementKernel {
  /// A place between two coordinates.
  private typealias Place = (first: Int, last: Int, distance: Function.Distance)

  private let rows: [(first: Int, last: Int, distance: Function.Distance)]
  private let columns: [(first: Int, last: Int, distance: Function.Distance)]
  private let function: @Sendable (Function.Distance, Function.Distance) -> Function

  init(
    _ rows: Resampling, _ columns: Resampling,
    _ function: @escaping @Sendable (Function.Distance, Function.Distance) -> Function
  ) {
    self.rows = Self.places(rows)
    self.columns = Self.places(columns)
    self.function = function
  }

  private static func places(_ resampling: Resampling) -> [Place] {
    (0..<resampling.outputs).map { output in
      let neighbours = resampling.neighbours(of: output)
      return (
        neighbours.lowerBound, neighbours.upperBound - 1,
        Function.distance(of: output, from: neighbours.lowerBound, resampling)
      )
    }
  }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let input = call.input(0)
    let channels = input.axes[3]
    call.region.forEachRow { start in
      let target = output.row(at: start)
      let (row, column) = (rows[start[1]], columns[start[2]])
      let function = function(row.distance, column.distance)
      let batch = input.axes[0].offset(start[0])
      let (above, below) = (input.axes[1].offset(row.first), input.axes[1].offset(row.last))
      let (left, right) = (input.axes[2].offset(column.first), input.axes[2].offset(column.last))
      for channel in call.region.row {
        let base = batch &+ channels.offset(channel)
        arithmetic.fold(
          function, count: 4,
          { input.cells[base &+ ($0 & 1 == 0 ? above : below) &+ ($0 < 2 ? left : right)] },
          to: target[channel])
      }
    }
  }
}

/// What is made of four elements and the place between them.
protocol Interpolation: Sendable {
  /// How far a place is from a coordinate.
  associatedtype Distance: Sendable
  /// How far the place of `output` is from a coordinate.
  static func distance(of output: Int, from coordinate: Int, _ resampling: Resampling) -> Distance
}

/// Of codes, in whole numbers, rounded once.
///
/// Source: TensorFlow Lite, `reference_ops::ResizeBilinearInteger`.
struct CodeInterpolation<Code: FixedWidthInteger & Stored>: FoldFunction, Interpolation {
  /// In 1/1024 of a pixel, by row and by column.
  private let row: Int64
  private let column: Int64

  init(row: Int64, column: Int64) {
    self.row = row
    self.column = column
  }

  static func distance(of output: Int, from coordinate: Int, _ resampling: Resampling) -> Int64 {
    Int64(resampling.fixedPlace(of: output) - coordinate << 10)
  }

  var variant: Int { Int(truncatingIfNeeded: row << 16 ^ column) }

  func addParameters(to hash: inout SipHash) {
    hash.add(UInt64(bitPattern: row))
    hash.add(UInt64(bitPattern: column))
  }

  @inline(__always)
  private func term(_ x: Code, _ index: Int) -> Int64 {
    Int64(truncatingIfNeeded: x) &* (index & 1 == 0 ? 1024 &- row : row)
      &* (index < 2 ? 1024 &- column : column)
  }

  @inline(__always)
  func begin(_ x: Code) -> (sum: Int64, count: Int) { (term(x, 0), 1) }

  @inline(__always)
  func extend(_ state: (sum: Int64, count: Int), by x: Code) -> (sum: Int64, count: Int) {
    (state.sum &+ term(x, state.count), state.count &+ 1)
  }

  @inline(__always)
  func finish(_ state: (sum: Int64, count: Int)) -> Code {
    Code(truncatingIfNeeded: (state.sum &+ (state.sum > 0 ? 1 << 19 : -1 << 19)) / (1 << 20))
  }
}

/// Of floats, in their order.
///
/// Source: TensorFlow Lite, `reference_ops::ResizeBilinear`.
struct FloatInterpolation: FoldFunction, Interpolation {
  fileprivate let weights: FloatWeights

  init(row: Float, column: Float) { weights = FloatWeights(row: row, column: column) }

  static func distance(of output: Int, from coordinate: Int, _ resampling: Resampling) -> Float {
    resampling.place(of: output) - Float(coordinate)
  }

  var variant: Int { weights.variant }

  func addParameters(to hash: inout SipHash) { weights.addParameters(to: &hash) }

  @inline(__always)
  func begin(_ x: Float) -> (sum: Float, count: Int) { (weights.term(x, 0), 1) }

  @inline(__always)
  func extend(_ state: (sum: Float, count: Int), by x: Float) -> (sum: Float, count: Int) {
    (state.sum + weights.term(x, state.count), state.count &+ 1)
  }

  /// The offset that rounds codes is 0 here; -0 becomes 0.
  @inline(__always)
  func finish(_ state: (sum: Float, count: Int)) -> Float { state.sum + 0 }
}

/// Of codes of uint8, in single precision.
///
/// Source: TensorFlow Lite, `reference_ops::ResizeBilinear`.
struct ByteInterpolation: FoldFunction, Interpolation {
  private let weights: FloatWeights

  init(row: Float, column: Float) { weights = FloatWeights(row: row, column: column) }

  static func distance(of output: Int, from coordinate: Int, _ resampling: Resampling) -> Float {
    FloatInterpolation.distance(of: output, from: coordinate, resampling)
  }

  var variant: Int { weights.variant }

  func addParameters(to hash: inout SipHash) { weights.addParameters(to: &hash) }

  @inline(__always)
  func begin(_ x: UInt8) -> (sum: Float, count: Int) { (weights.term(Float(x), 0), 1) }

  @inline(__always)
  func extend(_ state: (sum: Float, count: Int), by x: UInt8) -> (sum: Float, count: Int) {
    (state.sum + weights.term(Float(x), state.count), state.count &+ 1)
  }

  @inline(__always)
  func finish(_ state: (sum: Float, count: Int)) -> UInt8 {
    UInt8(min(max(state.sum + 0.5, 0), 255))
  }
}

/// The weights of four floats.
private struct FloatWeights: Sendable {
  let row: Float
  let column: Float

  var variant: Int {
    Int(truncatingIfNeeded: UInt64(row.bitPattern) << 32 | UInt64(column.bitPattern))
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(row)
    hash.add(column)
  }

  @inline(__always)
  func term(_ x: Float, _ index: Int) -> Float {
    x * (index & 1 == 0 ? 1 - row : row) * (index < 2 ? 1 - column : column)
  }
}
