package import Tensor

/// Sums as exact linear forms over a prime field, with random coefficients.
///
/// A coefficient is keyed by operator, operand and position within the window, the same for all output
/// channels; the channel enters where the sum is finished, by a pseudorandom function. Programs of
/// different networks share no operators: there the coefficients are the weights, and sums of floats
/// are functions of their terms in order, so that equal means rounded alike.
package struct FieldSums<Terms: SumTerms>: SumArithmetic {
  private let fingerprints: Fingerprints
  private let coefficients: CoefficientTables
  /// Those of operand 1, which is the weights as a rule, as far as they were drawn before the call.
  private let first: CoefficientTables.Table

  /// The arithmetic of a call under a random key.
  package init(_ key: FieldKey, _ call: KernelCall) {
    fingerprints = Fingerprints(key, call)
    coefficients = key.coefficients(of: call.op)
    first = coefficients.tables[1]
  }

  @inline(__always)
  package static var cellSizeInBytes: Int { 8 }

  @inline(__always)
  package var channelsShareForms: Bool { !fingerprints.hashesParameters }

  @inline(__always)
  package var zero: UInt64 { 0 }

  /// Channels share their form: what their sums start from tells them apart where they are stored.
  @inline(__always)
  package func zero(of channel: Int) -> UInt64 {
    fingerprints.hashesParameters
      ? 0 : coefficient(CoefficientTables.channelsOfSums, channel)
  }

  @inline(__always)
  package func load(_ place: ElementPlace) -> UInt64 { fingerprints.load(place) }

  @inline(__always)
  package func store(_ sum: UInt64, to place: ElementPlace) { fingerprints.store(sum, to: place) }

  @inline(__always)
  package func add(_ element: ElementPlace, to sum: UInt64) -> UInt64 {
    let value = fingerprints.load(element, width: MemoryLayout<Terms.Element>.size)
    if isOrdered { return ordered(sum, value, 1) }
    return add(form: value, to: sum)
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
    let value = fingerprints.load(element, width: MemoryLayout<Terms.Element>.size)
    if value == Fingerprints.poison || sum == Fingerprints.poison { return Fingerprints.poison }
    if fingerprints.hashesParameters {
      let weight = weights.cells[base &+ position]
      if isOrdered { return ordered(sum, value, fingerprints.load(weight)) }
      return PrimeField.add(sum, Self.product(value, fingerprints.load(weight), weights))
    }
    let coefficient = coefficient(weights.operand, position)
    return PrimeField.add(sum, PrimeField.multiply(value, coefficient))
  }

  @inline(__always)
  package func add(
    _ left: ElementPlace, minus leftZero: Int32, times right: ElementPlace, minus rightZero: Int32,
    to sum: UInt64
  ) -> UInt64 {
    let x = fingerprints.load(left, width: MemoryLayout<Terms.Element>.size)
    let y = fingerprints.load(right, width: MemoryLayout<Terms.Weight>.size)
    if y == Fingerprints.poison { return y }
    if isOrdered { return ordered(sum, x, y) }
    if x == Fingerprints.poison || sum == Fingerprints.poison { return Fingerprints.poison }
    return PrimeField.add(
      sum,
      PrimeField.multiply(
        PrimeField.subtract(x, PrimeField.element(Int64(leftZero))),
        PrimeField.subtract(y, PrimeField.element(Int64(rightZero)))))
  }

  /// Whether sums are functions of their terms in order: between networks, a sum of floats is the same
  /// where its terms come in one order.
  private var isOrdered: Bool { fingerprints.hashesParameters && !Terms.isAssociative }

  /// The next sum of an ordered one; a product with a constant 0 changes none of finite numbers.
  private func ordered(_ sum: UInt64, _ value: UInt64, _ weight: UInt64) -> UInt64 {
    if value == Fingerprints.poison || sum == Fingerprints.poison { return Fingerprints.poison }
    let minusZero = UInt64((-Float.zero).bitPattern)
    if weight == 0 || weight == minusZero || value == 0 || value == minusZero { return sum }
    var hash = fingerprints.begin(.coefficient)
    hash.add(sum)
    hash.add(value)
    hash.add(weight)
    return PrimeField.element(hash.value)
  }

  /// (element - zero point) * (weight - zero point).
  private static func product(_ value: UInt64, _ weight: UInt64, _ weights: Weights) -> UInt64 {
    PrimeField.multiply(
      PrimeField.subtract(value, PrimeField.element(Int64(weights.elementZeroPoint))),
      PrimeField.subtract(weight, PrimeField.element(Int64(weights.weightZeroPoint))))
  }

  /// The random coefficient of a position of an operand.
  @inline(__always)
  private func coefficient(_ operand: Int, _ position: Int) -> UInt64 {
    if operand == 1, position < first.count { return first.words.unsafelyUnwrapped[position] }
    let table = coefficients.tables + operand
    if position >= table.pointee.count {
      coefficients.extend(operand, to: position) { position in
        fingerprints.hash(
          .coefficient, UInt64(truncatingIfNeeded: operand),
          UInt64(truncatingIfNeeded: position))
      }
    }
    return table.pointee.words.unsafelyUnwrapped[position]
  }

  package func finish<Function: SumFunction>(
    _ sum: UInt64, _ function: Function, channel: Int, to target: ElementPlace
  ) where Function.Terms == Terms {
    guard sum != Fingerprints.poison else { return fingerprints.store(sum, to: target) }
    var hash = fingerprints.begin(.finish)
    hash.add(sum)
    if fingerprints.hashesParameters {
      hash.add(UInt64(UInt(bitPattern: ObjectIdentifier(Function.self))))
      function.addParameters(of: channel, to: &hash)
    } else {
      hash.add(UInt64(truncatingIfNeeded: channel))
      if function.variant != 0 { hash.add(UInt64(truncatingIfNeeded: function.variant)) }
    }
    fingerprints.store(PrimeField.element(hash.value), to: target)
  }
}
