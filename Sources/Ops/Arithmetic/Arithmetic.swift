public import Tensor

/// What the kernels compute with.
///
/// Each reference kernel is one generic body over an arithmetic: the machine's integers run the
/// network, a finite field proves two programs equal. A kernel touches elements only through this
/// protocol, so that no operator is defined twice.
public protocol Arithmetic: Sendable {
  /// An element once loaded.
  associatedtype Value
  /// A sum on its way: of products, or of raw elements.
  associatedtype Sum

  /// Bytes that one cell of storage takes; see `Cells`.
  static var cellSizeInBytes: Int { get }

  /// Whether the taps of a window add the same to the sum of every output channel, so that the
  /// channels share one linear form.
  static var channelsShareForms: Bool { get }

  /// The element at `offset` (in elements).
  func load(_ cells: Cells, _ offset: Int) -> Value
  /// Writes the element at `offset` (in elements).
  func store(_ value: Value, _ cells: Cells, _ offset: Int)

  /// The sum of nothing.
  var zero: Sum { get }
  /// The partial sum at `offset` (in elements).
  func loadSum(_ cells: Cells, _ offset: Int) -> Sum
  /// Writes the partial sum at `offset` (in elements).
  func storeSum(_ sum: Sum, _ cells: Cells, _ offset: Int)

  /// `sum + value`.
  func add(_ value: Value, to sum: Sum) -> Sum
  /// `sum + form`, for a form that channels share.
  func add(form: Sum, to sum: Sum) -> Sum
  /// `sum + (value - zero point) * weight`; the weight lies at `base + position` of
  /// its storage.
  ///
  /// `position` names the tap within its window, the same for all channels; an arithmetic for which
  /// all channels share one linear form uses that alone.
  func add(
    _ value: Value, times weights: Weights, base: Int, position: Int, to sum: Sum
  ) -> Sum

  /// The element that a complete sum becomes.
  func finish(_ sum: Sum, _ function: some SumFunction, channel: Int) -> Value
  /// A function of two elements.
  func apply(_ function: some BinaryFunction, _ x: Value, _ y: Value) -> Value
  /// A function of a whole row of elements, in place.
  func apply(_ function: some RowFunction, to row: UnsafeMutableBufferPointer<Value>)
}

extension Arithmetic {
  /// `sum` and what the taps of one window add to it.
  ///
  /// `form` is `nil` for the first channel of a window, and then keeps what channels share; `addTaps`
  /// adds the taps of this channel one by one.
  @inline(__always)
  func extend(_ sum: Sum, sharing form: inout Sum?, _ addTaps: (Sum) -> Sum) -> Sum {
    guard Self.channelsShareForms else { return addTaps(sum) }
    let shared = form ?? addTaps(zero)
    form = shared
    return add(form: shared, to: sum)
  }
}

/// The weights of a sum of products, with the zero points of both factors.
public struct Weights: Sendable {
  /// The weights' storage.
  public let cells: Cells
  /// What stands for 0 among the elements.
  public let valueZeroPoint: Int32
  /// What stands for 0 among the weights.
  public let weightZeroPoint: Int32

  /// Makes the weights of a sum.
  public init(_ cells: Cells, valueZeroPoint: Int32, weightZeroPoint: Int32) {
    self.cells = cells
    self.valueZeroPoint = valueZeroPoint
    self.weightZeroPoint = weightZeroPoint
  }
}
