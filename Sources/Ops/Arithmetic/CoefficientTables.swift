/// The random coefficients of one operator, drawn when they are first used.
///
/// They are kept in plain memory, as a sum of products takes one for each tap; one run at a time uses
/// them.
final class CoefficientTables: @unchecked Sendable {
  /// The coefficients of one operand of weights.
  struct Table: @unchecked Sendable {
    fileprivate(set) var words: UnsafeMutablePointer<UInt64>?
    fileprivate(set) var count = 0
  }

  /// Operands that may be weights, of which an LSTM has the most, and the channels of sums.
  private static let operandCount = 32

  /// What stands for the channels of sums among the operands.
  static let channelsOfSums = 31

  /// By operand.
  let tables: UnsafeMutablePointer<Table>
  /// Words that a longer table has taken the place of; somebody may still read them.
  private var outgrown: [UnsafeMutablePointer<UInt64>] = []

  init() {
    tables = .allocate(capacity: Self.operandCount)
    tables.initialize(repeating: Table(), count: Self.operandCount)
  }

  deinit {
    for operand in 0..<Self.operandCount { tables[operand].words?.deallocate() }
    for words in outgrown { words.deallocate() }
    tables.deallocate()
  }

  /// Makes room for the coefficient at `position`, and draws all up to there.
  func extend(_ operand: Int, to position: Int, draw: (Int) -> UInt64) {
    precondition(operand < Self.operandCount, "an operator has at most 32 operands of weights")
    let old = tables[operand]
    let capacity = max(2 * old.count, position + 1, 64)
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
    for index in 0..<capacity {
      (words + index).initialize(to: index < old.count ? old.words?[index] ?? 0 : draw(index))
    }
    if let words = old.words { outgrown.append(words) }
    tables[operand] = Table(words: words, count: capacity)
  }
}
