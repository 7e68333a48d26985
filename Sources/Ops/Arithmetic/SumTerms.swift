public import Tensor

/// What a kernel sums, as numbers: the types of elements, weights and sums, and a term of the sum.
public protocol SumTerms: Sendable {
  /// What the summed operand's elements are.
  associatedtype Element: Stored
  /// What the weights are.
  associatedtype Weight: Stored
  /// What sums are.
  associatedtype Sum: Stored
  /// Whether sums are the same in any order.
  static var isAssociative: Bool { get }
  /// The sum of nothing.
  static var zero: Sum { get }
  /// `sum + element`.
  static func add(_ element: Element, to sum: Sum) -> Sum
  /// `sum + (element - elementZero) * (weight - weightZero)`, the product formed first.
  static func add(
    _ element: Element, minus elementZero: Int32, times weight: Weight, minus weightZero: Int32,
    to sum: Sum
  ) -> Sum
}

/// Sums of codes; they wrap, as the reference implementations' do.
public enum IntegerTerms<Element, Weight, Sum>: SumTerms
where
  Element: FixedWidthInteger & Stored, Weight: FixedWidthInteger & Stored,
  Sum: FixedWidthInteger & Stored
{
  /// They wrap.
  public static var isAssociative: Bool { true }

  /// 0.
  @inlinable @inline(__always)
  public static var zero: Sum { 0 }

  /// `sum + element`.
  @inlinable @inline(__always)
  public static func add(_ element: Element, to sum: Sum) -> Sum {
    sum &+ Sum(truncatingIfNeeded: element)
  }

  /// `sum + (element - elementZero) * (weight - weightZero)`.
  @inlinable @inline(__always)
  public static func add(
    _ element: Element, minus elementZero: Int32, times weight: Weight, minus weightZero: Int32,
    to sum: Sum
  ) -> Sum {
    let value = Int32(truncatingIfNeeded: element) &- elementZero
    let factor = Int32(truncatingIfNeeded: weight) &- weightZero
    return sum &+ Sum(truncatingIfNeeded: value) &* Sum(truncatingIfNeeded: factor)
  }
}

/// Sums of floats, each product and each sum rounded, in the order of the calls.
public enum FloatTerms: SumTerms {
  /// What the summed operand's elements are.
  public typealias Element = Float
  /// What the weights are.
  public typealias Weight = Float
  /// What sums are.
  public typealias Sum = Float

  /// They are rounded.
  public static var isAssociative: Bool { false }

  /// 0.
  @inlinable @inline(__always)
  public static var zero: Float { 0 }

  /// `sum + element`.
  @inlinable @inline(__always)
  public static func add(_ element: Float, to sum: Float) -> Float { sum + element }

  /// `sum + element * weight`; floats have no zero points.
  @inlinable @inline(__always)
  public static func add(
    _ element: Float, minus elementZero: Int32, times weight: Float, minus weightZero: Int32,
    to sum: Float
  ) -> Float { sum + element * weight }
}
