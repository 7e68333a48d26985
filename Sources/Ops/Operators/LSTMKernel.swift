internal import Tensor

/// The extents of an LSTM over a sequence.
struct LSTMShape: Sendable {
  let batches: Int
  let times: Int
  let inputs: Int
  let cells: Int
  let isTimeMajor: Bool

  /// The extents of a signature.
  init(_ signature: Signature, isTimeMajor: Bool) {
    let input = signature.input(0).shape
    (batches, times) = isTimeMajor ? (input[1], input[0]) : (input[0], input[1])
    inputs = input[2]
    cells = signature.input(1).shape[0]
    self.isTimeMajor = isTimeMajor
  }

  /// Where a batch and a time stand in input and result.
  func place(batch: Int, time: Int) -> [Int] { isTimeMajor ? [time, batch, 0] : [batch, time, 0] }

  /// The row-major index of the input's first element at a batch and a time.
  func inputStart(batch: Int, time: Int) -> Int { row(batch, time) * inputs }

  /// The row-major index of the result's first element at a batch and a time.
  func resultStart(batch: Int, time: Int) -> Int { row(batch, time) * cells }

  private func row(_ batch: Int, _ time: Int) -> Int {
    isTimeMajor ? time * batches + batch : batch * times + time
  }
}

/// An LSTM whose gates, cell states and hidden states are functions of their operands, each taken in order.
///
/// A gate is a function of the input and the hidden state, the next cell state one of the forget gate, the
/// cell state, the input gate and the cell gate, the next hidden state one of the cell state and the output
/// gate.
struct LSTMKernel<Gate: FoldFunction, Cell: FoldFunction, Hidden: FoldFunction>: ElementKernel
where
  Gate.Output == Cell.Input, Cell.Output == Cell.Input, Hidden.Input == Cell.Input,
  Hidden.Output == Gate.Input
{
  private let shape: LSTMShape
  /// By gate (input, forget, cell, output), then by cell.
  private let gates: [Gate]
  private let cell: Cell
  private let hidden: Hidden

  init(_ shape: LSTMShape, gates: [Gate], cell: Cell, hidden: Hidden) {
    self.shape = shape
    self.gates = gates
    self.cell = cell
    self.hidden = hidden
  }

  func valueCount(of region: Region) -> Int {
    region.isEmpty ? 0 : shape.batches * shape.times * 6 * shape.cells
  }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let isSequence = call.output == 0
    let batchAxis = isSequence && shape.isTimeMajor ? 1 : 0
    let times = isSequence ? call.region[1 - batchAxis] : shape.times..<shape.times
    let cells = 0..<shape.cells
    for batch in call.region[batchAxis] {
      arithmetic.withScratch(call.input(18).element, count: shape.cells) { hidden in
        arithmetic.withScratch(call.input(19).element, count: 5 * shape.cells) { words in
          let before = (
            hidden: call.input(18).row(at: [batch, 0]), cell: call.input(19).row(at: [batch, 0])
          )
          for index in cells {
            arithmetic.copy(before.hidden[index], to: hidden[index])
            arithmetic.copy(before.cell[index], to: words[4 * shape.cells + index])
          }
          for time in 0..<times.upperBound {
            let input = call.input(0).row(at: shape.place(batch: batch, time: time))
            advance(input, hidden, words, in: arithmetic)
            guard isSequence, times.contains(time) else { continue }
            let target = output.row(at: shape.place(batch: batch, time: time))
            for index in call.region[2] { arithmetic.copy(hidden[index], to: target[index]) }
          }
          if isSequence { return }
          let target = output.row(at: [batch, 0])
          for index in call.region[1] {
            arithmetic.copy(
              call.output == 1 ? hidden[index] : words[4 * shape.cells + index], to: target[index])
          }
        }
      }
    }
  }

  /// Takes one batch's states from a time to the next; `words` has room for four gates, then the cell state.
  @inline(__always)
  private func advance<A: Arithmetic>(
    _ input: ElementRow, _ hidden: Cells, _ words: Cells, in arithmetic: A
  ) {
    let cells = shape.cells
    for (index, gate) in gates.enumerated() {
      arithmetic.fold(
        gate, count: shape.inputs + cells,
        { $0 < shape.inputs ? input[$0] : hidden[$0 - shape.inputs] }, to: words[index])
    }
    for index in 0..<cells {
      let state = words[4 * cells + index]
      func known(_ operand: Int) -> ElementPlace {
        switch operand {
        case 0: words[cells + index]
        case 1: state
        case 2: words[index]
        default: words[2 * cells + index]
        }
      }
      arithmetic.fold(cell, count: 4, known, to: state)
      arithmetic.fold(
        self.hidden, count: 2, { $0 == 0 ? state : words[3 * cells + index] }, to: hidden[index])
    }
  }
}
