internal import Tensor

/// A function of one element that a closure computes: one compiled kernel serves all that share its types,
/// where a type of its own for each would only be faster.
struct ElementMap<Input: Stored, Output: Stored>: UnaryFunction {
  /// Every number that the results depend on, the function's own included.
  private let parameters: [UInt64]
  private let body: @Sendable (Input) -> Output

  init(_ parameters: [UInt64], _ body: @escaping @Sendable (Input) -> Output) {
    self.parameters = parameters
    self.body = body
  }

  func addParameters(to hash: inout SipHash) { for parameter in parameters { hash.add(parameter) } }

  @inline(__always)
  func callAsFunction(_ x: Input) -> Output { body(x) }
}
