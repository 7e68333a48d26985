internal import Tensor

/// A function of several elements, taken one after the other, that closures compute; see `ElementMap`.
struct FoldMap<Input: Stored, State, Output: Stored>: FoldFunction {
  /// Every number that the results depend on, the function's own included.
  private let parameters: [UInt64]
  private let first: @Sendable (Input) -> State
  private let next: @Sendable (State, Input) -> State
  private let last: @Sendable (State) -> Output

  init(
    _ parameters: [UInt64], first: @escaping @Sendable (Input) -> State,
    next: @escaping @Sendable (State, Input) -> State,
    last: @escaping @Sendable (State) -> Output
  ) {
    self.parameters = parameters
    self.first = first
    self.next = next
    self.last = last
  }

  func addParameters(to hash: inout SipHash) { for parameter in parameters { hash.add(parameter) } }

  @inline(__always)
  func begin(_ x: Input) -> State { first(x) }

  @inline(__always)
  func extend(_ state: State, by x: Input) -> State { next(state, x) }

  @inline(__always)
  func finish(_ state: State) -> Output { last(state) }
}

extension FoldMap where State == Input, Output == Input {
  /// Combines all elements, from `initial` on where there is one.
  init(
    _ parameters: [UInt64], from initial: Input? = nil,
    _ combine: @escaping @Sendable (Input, Input) -> Input
  ) {
    self.init(
      parameters, first: { x in initial.map { combine($0, x) } ?? x }, next: combine, last: { $0 })
  }
}
