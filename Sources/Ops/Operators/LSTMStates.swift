internal import Glibc

/// The states of an LSTM over the real numbers.
struct LSTMStates {
  /// A matrix of weights, row-major, times a vector, and how many rows there are.
  typealias Product = (_ weights: [Double], _ x: [Double], _ rows: Int) -> [Double]

  /// What quantization cuts off.
  struct Limits {
    let hidden: ClosedRange<Double>
    let cell: ClosedRange<Double>
    /// The two sums of a gate, each.
    let sum: ClosedRange<Double>
  }

  /// The hidden states after each time, as the result has them.
  private(set) var results: [Double]
  /// The hidden states after the last time.
  private(set) var hidden: [Double]
  /// The cell states after the last time.
  private(set) var cell: [Double]
  /// The largest magnitude of a gate's sum over the hidden state, before it was limited.
  private(set) var largestRecurrentSum = 0.0

  /// Runs over all times; operands are those of the operator.
  init(_ shape: LSTMShape, operands: [[Double]], limits: Limits, product: Product) {
    results = [Double](repeating: 0, count: shape.batches * shape.times * shape.cells)
    (hidden, cell) = (operands[18], operands[19])
    for batch in 0..<shape.batches {
      let states = batch * shape.cells..<(batch + 1) * shape.cells
      for time in 0..<shape.times {
        let start = shape.inputStart(batch: batch, time: time)
        let x = Array(operands[0][start..<start + shape.inputs])
        let gates = (0..<4).map { gate in
          self.gate(gate, operands, x, Array(hidden[states]), shape, limits, product)
        }
        for index in 0..<shape.cells {
          let state = states.lowerBound + index
          let next = gates[1][index] * cell[state] + gates[0][index] * gates[2][index]
          cell[state] = min(max(next, limits.cell.lowerBound), limits.cell.upperBound)
          let result = gates[3][index] * tanh(cell[state])
          hidden[state] = min(max(result, limits.hidden.lowerBound), limits.hidden.upperBound)
          results[shape.resultStart(batch: batch, time: time) + index] = hidden[state]
        }
      }
    }
  }

  private mutating func gate(
    _ gate: Int, _ operands: [[Double]], _ x: [Double], _ h: [Double], _ shape: LSTMShape,
    _ limits: Limits, _ product: Product
  ) -> [Double] {
    let input = product(operands[1 + gate], x, shape.cells)
    let recurrent = product(operands[5 + gate], h, shape.cells)
    largestRecurrentSum = max(largestRecurrentSum, recurrent.map(abs).max() ?? 0)
    return (0..<shape.cells).map { index in
      func limited(_ sum: Double) -> Double {
        min(max(sum, limits.sum.lowerBound), limits.sum.upperBound)
      }
      let sum = limited(input[index] + operands[12 + gate][index]) + limited(recurrent[index])
      return gate == 2 ? tanh(sum) : 1 / (1 + exp(-sum))
    }
  }
}
