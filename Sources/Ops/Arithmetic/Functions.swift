public import Tensor

/// What depends on parameters that its type does not say.
public protocol Parameterized: Sendable {
  /// Adds every parameter that a value of the function depends on.
  func addParameters(to hash: inout SipHash)
}

/// A function of one element.
public protocol UnaryFunction: Parameterized {
  /// What the operand's elements are.
  associatedtype Input: Stored
  /// What the results are.
  associatedtype Output: Stored
  /// What tells functions of one operator and result apart, where there are several: 0 where there is one.
  var variant: Int { get }
  /// The result.
  func callAsFunction(_ x: Input) -> Output
}

extension UnaryFunction {
  /// Most operators make all elements of a result by one function.
  @inlinable @inline(__always)
  public var variant: Int { 0 }
}

/// A function of two elements.
public protocol BinaryFunction: Parameterized {
  /// What the operands' elements are.
  associatedtype Input: Stored
  /// What the results are.
  associatedtype Output: Stored
  /// The result.
  func callAsFunction(_ x: Input, _ y: Input) -> Output
}

/// A function of several elements, taken one after the other.
public protocol FoldFunction: Parameterized {
  /// What the operand's elements are.
  associatedtype Input: Stored
  /// What the results are.
  associatedtype Output: Stored
  /// What is known of the elements so far.
  associatedtype State
  /// What tells functions of one operator and result apart, where there are several: 0 where there is one.
  var variant: Int { get }
  /// The state of the first element.
  func begin(_ x: Input) -> State
  /// The state with the next element.
  func extend(_ state: State, by x: Input) -> State
  /// The result.
  func finish(_ state: State) -> Output
}

extension FoldFunction {
  /// Most operators make all elements of a result by one function.
  @inlinable @inline(__always)
  public var variant: Int { 0 }
}

/// A function of a row of elements, each result depending on all of them.
public protocol RowFunction: Parameterized {
  /// What the operand's elements are.
  associatedtype Input: Stored
  /// What the results are.
  associatedtype Output: Stored
  /// Writes as many results as there are elements.
  func callAsFunction(
    _ row: UnsafeMutableBufferPointer<Input>, into results: UnsafeMutableBufferPointer<Output>)
}

/// A function of whole tensors, each result depending on all their elements.
public protocol TensorFunction: Parameterized {
  /// What the results are.
  associatedtype Output: Stored
  /// The shape of the results.
  var shape: Shape { get }
  /// Every result, row-major, from all elements of each operand.
  func callAsFunction(_ operands: [TensorView]) -> [Output]
}

/// What a complete sum becomes: requantization, or division by a count.
public protocol SumFunction: Sendable {
  /// What was summed.
  associatedtype Terms: SumTerms
  /// What the results are.
  associatedtype Output: Stored
  /// What tells functions of one operator and channel apart, where its results are made by several: how
  /// many elements a mean is of, say; 0 where there is one.
  var variant: Int { get }
  /// The result in output channel `channel`.
  func callAsFunction(_ sum: Terms.Sum, channel: Int) -> Output
  /// Adds every parameter that a result in output channel `channel` depends on.
  func addParameters(of channel: Int, to hash: inout SipHash)
}

extension SumFunction {
  /// Most operators make all results of a channel by one function.
  @inlinable @inline(__always)
  public var variant: Int { 0 }
}
