public import Tensor

/// What kernels that sum compute with; see `Arithmetic`.
public protocol SumArithmetic<Terms>: Sendable {
  /// What is summed, as numbers.
  associatedtype Terms: SumTerms
  /// A sum on its way: of products, or of raw elements.
  associatedtype Sum

  /// Bytes that one cell of storage takes; see `Cells`.
  static var cellSizeInBytes: Int { get }
  /// Whether the taps of a window add the same to the sum of every output channel, so that the
  /// channels share one linear form.
  var channelsShareForms: Bool { get }

  /// The sum of nothing.
  var zero: Sum { get }
  /// The sum of nothing in output channel `channel`, from which its partial sums start.
  func zero(of channel: Int) -> Sum
  /// The partial sum that lies at a place.
  func load(_ place: ElementPlace) -> Sum
  /// Writes a partial sum.
  func store(_ sum: Sum, to place: ElementPlace)

  /// `sum + element`.
  func add(_ element: ElementPlace, to sum: Sum) -> Sum
  /// `sum + form`, for a form that channels share.
  func add(form: Sum, to sum: Sum) -> Sum
  /// `sum + (element - zero point) * (weight - zero point)`; the weight lies at `base + position` of
  /// its storage.
  ///
  /// `position` names the tap within its window, the same for all channels; an arithmetic for which
  /// all channels share one linear form uses that alone.
  func add(
    _ element: ElementPlace, times weights: Weights, base: Int, position: Int, to sum: Sum
  ) -> Sum

  /// `sum + (left - zero point) * (right - zero point)`, of two elements neither of which need be constant.
  func add(
    _ left: ElementPlace, minus leftZero: Int32, times right: ElementPlace, minus rightZero: Int32,
    to sum: Sum
  ) -> Sum

  /// Writes what a complete sum becomes in output channel `channel`.
  func finish<Function: SumFunction>(
    _ sum: Sum, _ function: Function, channel: Int, to target: ElementPlace
  ) where Function.Terms == Terms
}

extension SumArithmetic {
  /// Numbers are 0 in every channel.
  @inline(__always)
  public func zero(of channel: Int) -> Sum { zero }

  /// `sum` and what the taps of one window add to it.
  ///
  /// `form` is `nil` for the first channel of a window, and then keeps what channels share; `addTaps`
  /// adds the taps of this channel one by one.
  @inline(__always)
  func extend(_ sum: Sum, sharing form: inout Sum?, _ addTaps: (Sum) -> Sum) -> Sum {
    guard channelsShareForms else { return addTaps(sum) }
    let shared = form ?? addTaps(zero)
    form = shared
    return add(form: shared, to: sum)
  }
}

/// The weights of a sum of products, with the zero points of both factors.
public struct Weights: Sendable {
  /// The weights' storage.
  public let cells: Cells
  /// The operand that they are: sums over several operands of weights differ by it.
  public let operand: Int
  /// What stands for 0 among the elements.
  public let elementZeroPoint: Int32
  /// What stands for 0 among the weights.
  public let weightZeroPoint: Int32

  /// Makes the weights of a sum.
  public init(_ cells: Cells, operand: Int, elementZeroPoint: Int32, weightZeroPoint: Int32) {
    self.cells = cells
    self.operand = operand
    self.elementZeroPoint = elementZeroPoint
    self.weightZeroPoint = weightZeroPoint
  }
}
