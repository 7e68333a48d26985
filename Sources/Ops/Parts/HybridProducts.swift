internal import Tensor

/// A hybrid operator: floats times constant weights of int8.
///
/// The floats are given codes while the network runs, a row at a time, by its least and its largest number;
/// a row is what one batch index holds, or one row of a matrix. The products are of codes, and their sums,
/// exact, are scaled back. So every result depends on its whole row, and no part of a sum is one of its own.
///
/// Source: TensorFlow Lite, `EvalHybrid` and `EvalHybridPerChannel` of the operators. TensorFlow Lite Micro
/// has none.
struct HybridProducts: ElementKernel {
  /// Which of a channel's products with the weight's scale and the row's is formed first.
  enum ScaleOrder: UInt64, Sendable {
    /// That of both scales.
    case scalesFirst
    /// That of the sum and the weight's scale.
    case weightScaleFirst
  }

  private let access: Access
  /// How windows move over a row; `nil` where all of it is one.
  private let window: Window2D?
  private let scale: RowScale
  /// By output channel.
  private let sums: [CodeProducts]
  /// By output channel.
  private let results: [HybridResult]
  /// How many output channels one input channel makes; `nil` where all of them make each one.
  private let multiplier: Int?

  /// Derives the functions of a signature whose output channels are the weights' `axis`, the first or last.
  ///
  /// `access` is the tiling rule: an axis of operand 0 that follows the output numbers rows.
  init(
    _ signature: Signature, _ access: Access, window: Window2D?, axis: Int, isSymmetric: Bool,
    scaleOrder: ScaleOrder, activation: Activation
  ) {
    self.access = access
    self.window = window
    scale = RowScale(isSymmetric: isSymmetric)
    let channels = signature.input(1).shape[axis]
    let weights = signature.constant(1)?.elements(of: Int8.self) ?? []
    let biases = signature.constant(2)?.elements(of: Float.self)
    let (count, clamp) = (weights.count / channels, FloatClamp(activation))
    sums = (0..<channels).map { channel in
      CodeProducts(
        variant: channel,
        weights: (0..<count).map {
          weights[axis == 0 ? channel * count + $0 : $0 * channels + channel]
        })
    }
    results = (0..<channels).map { channel in
      HybridResult(
        weightScale: signature.input(1).quantization?.scale(at: channel) ?? 1,
        bias: biases?[channel] ?? 0, scaleOrder: scaleOrder, clamp: clamp)
    }
    multiplier = axis == 0 ? nil : channels / signature.input(0).shape[axis]
  }

  /// A row's codes and scale; for each result a sum, and what it becomes.
  func valueCount(of region: Region) -> Int {
    rows(of: region).reduce(2 * region.count) { $0 + access.bounds(of: 0, for: $1).count + 1 }
  }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    for part in rows(of: call.region) {
      let row = access.bounds(of: 0, for: part)
      let count = row.count
      // The row, its scale, and a sum.
      arithmetic.withScratch(.float32, count: count + 2) { numbers in
        arithmetic.withScratch(.int16, count: count) { codes in
          var next = 0
          row.forEachRow { start in
            let source = call.input(0).row(at: start)
            for coordinate in row.row {
              arithmetic.copy(source[coordinate], to: numbers[next])
              next += 1
            }
          }
          arithmetic.apply(
            RowCodes(scale: scale), count: count, ElementRow(numbers, count: count),
            to: ElementRow(codes, count: count), at: 0..<count)
          arithmetic.fold(scale, count: count, { numbers[$0] }, to: numbers[count])
          multiply(
            part, row, codes, scale: numbers[count], sum: numbers[count + 1], into: output,
            in: arithmetic)
        }
      }
    }
  }

  /// Computes the results of one row from its codes.
  @inline(__always)
  private func multiply<A: Arithmetic>(
    _ part: Region, _ row: Region, _ codes: Cells, scale: ElementPlace, sum: ElementPlace,
    into output: TensorView, in arithmetic: A
  ) {
    let depth = row.row.count
    arithmetic.withScratch(.int16, count: (window?.size ?? 0) * depth) { patch in
      part.forEachRow { start in
        if let window {
          gather(window, row, codes, y: start[1], x: start[2], to: patch, in: arithmetic)
        }
        let (factors, target) = (window == nil ? codes : patch, output.row(at: start))
        for channel in part.row {
          let (first, step) = multiplier.map { (channel / $0, depth) } ?? (0, 1)
          arithmetic.fold(
            sums[channel], count: sums[channel].weights.count, { factors[first &+ $0 &* step] },
            to: sum)
          arithmetic.apply(results[channel], sum, scale, to: target[channel])
        }
      }
    }
  }

  /// Copies the codes under the window at (`y`, `x`), 0 for padding.
  @inline(__always)
  private func gather<A: Arithmetic>(
    _ window: Window2D, _ row: Region, _ codes: Cells, y: Int, x: Int, to patch: Cells,
    in arithmetic: A
  ) {
    let (axes, depth) = (AxisMap.rowMajor(row), row.row.count)
    withUnsafeTemporaryAllocation(of: Tap.self, capacity: window.size) { taps in
      let count = window.collect(
        taps, y: y, x: x, reduce: row, rows: axes[1], columns: axes[2])
      if count < window.size {
        let zero = TensorView(constant: Self.zero, type: TensorType(.int16, Shape(1))).cells[0]
        for index in 0..<window.size * depth { arithmetic.copy(zero, to: patch[index]) }
      }
      for tap in taps[..<count] {
        for channel in 0..<depth {
          arithmetic.copy(
            codes[tap.offset &+ channel], to: patch[tap.position &* depth &+ channel])
        }
      }
    }
  }

  /// The code of padding, less its zero point.
  private static let zero = Bytes(copying: [0 as Int16])

  /// The parts of an output region that one row of the input makes each.
  private func rows(of region: Region) -> [Region] {
    let axes = access.operands[0].compactMap(\.outputAxis)
    return axes.reduce([region]) { parts, axis in
      parts.flatMap { part in
        part[axis].map { coordinate in
          var part = part
          part[axis] = coordinate..<coordinate + 1
          return part
        }
      }
    }
  }
}

extension ElementRow {
  /// The first elements of a block.
  fileprivate init(_ cells: Cells, count: Int) {
    self.init(
      cells: cells, start: 0, axis: AxisMap(low: 0, capacity: count, isRing: false, stride: 1))
  }
}

/// The sum of the products of codes with one channel's weights, rounded to a float.
private struct CodeProducts: FoldFunction {
  let variant: Int
  let weights: [Int8]

  func addParameters(to hash: inout SipHash) {
    for weight in weights { hash.add(Int32(weight)) }
  }

  @inline(__always)
  func begin(_ x: Int16) -> (sum: Int32, next: Int) { extend((0, 0), by: x) }

  @inline(__always)
  func extend(_ state: (sum: Int32, next: Int), by x: Int16) -> (sum: Int32, next: Int) {
    (state.sum &+ Int32(weights[state.next]) &* Int32(x), state.next &+ 1)
  }

  @inline(__always)
  func finish(_ state: (sum: Int32, next: Int)) -> Float { Float(state.sum) }
}

/// What a channel's sum and the row's scale make: scales, adds the bias, clamps.
private struct HybridResult: BinaryFunction {
  let weightScale: Float
  let bias: Float
  let scaleOrder: HybridProducts.ScaleOrder
  let clamp: FloatClamp

  func addParameters(to hash: inout SipHash) {
    hash.add(weightScale)
    hash.add(bias)
    hash.add(scaleOrder.rawValue)
    clamp.addParameters(to: &hash)
  }

  @inline(__always)
  func callAsFunction(_ sum: Float, _ scale: Float) -> Float {
    let product =
      switch scaleOrder {
      case .scalesFirst: sum * (weightScale * scale)
      case .weightScaleFirst: sum * weightScale * scale
      }
    return clamp(product + bias)
  }
}
