internal import Tensor

/// How far the states of an LSTM may be from the real ones, from one time to the next, in real units.
///
/// A sigmoid's slope is 1/4 at most, a hyperbolic tangent's is 1; gates are 1 at most. So a hidden state off
/// by `h` puts sums off by `h` times the largest row of recurrent weights' magnitudes, and gates by as much
/// of that as their slope. A cell state `f * c + i * g` is then off by `c`'s error, by `|c|` and 1 times those
/// of the gates, and by its own rounding; a hidden state by the errors of both its factors, and its own.
struct LSTMError {
  /// The largest error of a hidden state.
  private(set) var hidden = 0.0
  /// The largest error of a cell state.
  private(set) var cell = 0.0

  /// By gate, the largest sum of magnitudes of a row of recurrent weights.
  private let rows: [Double]
  /// Beside what a hidden state's error makes of them: of a gate's sum, of the functions, of a product of
  /// gates, of a hidden state.
  private let rounding: (sum: Double, function: Double, cell: Double, hidden: Double)
  /// The largest magnitude of a cell state.
  private var largestCell: Double
  /// How much that may grow from one time to the next.
  private let cellGrowth: Double

  init(
    _ inputs: [RealTensor?], _ signature: Signature, _ shape: LSTMShape, cellClip: Double,
    largestRecurrentSum: Double
  ) {
    func largest(_ operand: Int) -> Double { inputs[operand]?.values.map(abs).max() ?? 0 }
    func largestRow(_ operand: Int, of columns: Int) -> Double {
      let values = inputs[operand]?.values ?? []
      return stride(from: 0, to: values.count, by: columns).map { start in
        values[start..<start + columns].reduce(0) { $0 + abs($1) }
      }.max() ?? 0
    }
    let rows = (5...8).map { largestRow($0, of: shape.cells) }
    self.rows = rows
    largestCell = largest(19)
    guard let step = signature.outputs[1].quantization?.scales[0],
      let cellStep = signature.outputs[2].quantization?.scales[0]
    else {
      let magnitude =
        (0..<4).map { gate in
          largestRow(1 + gate, of: shape.inputs) * largest(0) + rows[gate] + largest(12 + gate)
        }.max() ?? 0
      let terms = Double(shape.inputs + shape.cells + 4)
      // Cut off, the sigmoid is off by exp(-16.6), which is less than a unit in the last place of 1.
      cellGrowth = 1
      let lastCell = largestCell + Double(shape.times)
      rounding = (magnitude * terms * 0x1p-23, 0x1p-22, 0x1p-22 * (lastCell + 2), 0x1p-22)
      return
    }
    // A sum: two products of factors off by 2^-22 of at most 8, each rounded by one unit of 2^-12 at most,
    // and a bias likewise; one implementation limits the recurrent sum to 8, the other both sums together.
    // Past 8, where units end, a sigmoid is within 2^-11 of 1. Interpolation between
    // 24ths and fixed point of 15 bits are within 2^-11 of the functions. The cell state: two products, each
    // rounded by one step, of numbers below 2^15 steps.
    rounding = (
      3 * 0x1p-12 + max(0, largestRecurrentSum - 8), 0x1p-10, 2.1 * Double(cellStep),
      1.1 * Double(step)
    )
    cellGrowth = 0
    let codes = 0x1p15 * Double(cellStep)
    largestCell = max(largestCell, cellClip > 0 ? min(cellClip, codes) : codes)
  }

  /// Goes on to the next time.
  mutating func advance() {
    let sums = rows.map { $0 * hidden + rounding.sum }
    let gates = sums.enumerated().map { gate, sum in
      min(2, (gate == 2 ? sum : sum / 4) + rounding.function)
    }
    cell += largestCell * gates[1] + gates[0] + gates[2] + rounding.cell
    largestCell += cellGrowth
    hidden = min(2, gates[3] + min(2, cell + rounding.function) + rounding.hidden)
  }
}
