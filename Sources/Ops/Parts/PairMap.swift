internal import Tensor

/// A function of two elements that a closure computes; see `ElementMap`.
struct PairMap<Input: Stored, Output: Stored>: BinaryFunction {
  /// Every number that the results depend on, the function's own included.
  private let parameters: [UInt64]
  private let body: @Sendable (Input, Input) -> Output

  init(_ parameters: [UInt64], _ body: @escaping @Sendable (Input, Input) -> Output) {
    self.parameters = parameters
    self.body = body
  }

  func addParameters(to hash: inout SipHash) { for parameter in parameters { hash.add(parameter) } }

  @inline(__always)
  func callAsFunction(_ x: Input, _ y: Input) -> Output { body(x, y) }
}
