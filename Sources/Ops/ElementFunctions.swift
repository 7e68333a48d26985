/// What a complete sum becomes: requantization, or division by a count.
public protocol SumFunction: Sendable {
  /// The element's code; `channel` is the output channel.
  func code(of sum: Int32, channel: Int) -> Int32
}

/// A function of two elements.
public protocol BinaryFunction: Sendable {
  /// The result's code.
  func code(of x: Int32, _ y: Int32) -> Int32
}

/// A function of a row of elements, each result depending on all of them.
public protocol RowFunction: Sendable {
  /// Replaces the codes of a row by the results.
  func replace(_ row: UnsafeMutableBufferPointer<Int32>)
}
