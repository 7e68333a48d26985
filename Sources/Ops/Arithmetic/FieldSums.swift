package import Tensor

/// Sums as exact linear forms over a prime field, with random coefficients.
///
/// A coefficient is keyed by operator, operand and position within the window, the same for all
/// output channels; the channel enters where the sum is finished, by a pseudorandom function.
package struct FieldSums<Terms: SumTerms>: SumArithmetic {
  private let fingerprints: Fingerprints

  /// The arithmetic of operator `op` under the random `key`.
  package init(key: UInt64, op: Int) { fingerprints = Fingerprints(key: key, op: op) }

  @inline(__always)
  package static var cellSizeInBytes: Int { 8 }

  @inline(__always)
  package static var channelsShareForms: Bool { true }

  @inline(__always)
  package var zero: UInt64 { 0 }

  @inline(__always)
  package func load(_ place: ElementPlace) -> UInt64 { fingerprints.load(place) }

  @inline(__always)
  package func store(_ sum: UInt64, to place: ElementPlace) { fingerprints.store(sum, to: place) }

  @inline(__always)
  package func add(_ element: ElementPlace, to sum: UInt64) -> UInt64 {
    add(form: fingerprints.load(element), to: sum)
  }

  @inline(__always)
  package func add(form: UInt64, to sum: UInt64) -> UInt64 {
    form == Fingerprints.poison || sum == Fingerprints.poison
      ? Fingerprints.poison : PrimeField.add(sum, form)
  }

  @inline(__always)
  package func add(
    _ element: ElementPlace, times weights: Weights, base: Int, position: Int, to sum: UInt64
  ) -> UInt64 {
    let value = fingerprints.load(element)
    if value == Fingerprints.poison || sum == Fingerprints.poison { return Fingerprints.poison }
    let coefficient = fingerprints.hash(
      .coefficient, UInt64(truncatingIfNeeded: weights.operand),
      UInt64(truncatingIfNeeded: position))
    return PrimeField.add(sum, PrimeField.multiply(value, coefficient))
  }

  package func finish<Function: SumFunction>(
    _ sum: UInt64, _ function: Function, channel: Int, to target: ElementPlace
  ) where Function.Terms == Terms {
    let result =
      sum == Fingerprints.poison
      ? sum : fingerprints.hash(.finish, sum, UInt64(truncatingIfNeeded: channel))
    fingerprints.store(result, to: target)
  }
}
