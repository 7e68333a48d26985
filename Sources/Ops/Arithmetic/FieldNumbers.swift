package import Tensor

/// Arithmetic of fingerprints: each element is stood for by a member of the field of 2^61 - 1.
///
/// Sums are exact linear algebra with random coefficients, and what is not linear is a keyed
/// pseudorandom function (SipHash-2-4) of its exact operands. Two programs over one graph whose
/// fingerprints agree therefore compute the same for all inputs and all weights, but for an accident
/// of the random key.
///
/// A coefficient is keyed by operator and position within the window, the same for all output
/// channels; the channel enters where the sum is finished. An element of w bytes fills w cells of 64
/// bits with its fingerprint; cells that disagree, or hold no member of the field, read as poison,
/// and what is made from poison is poison.
package struct FieldArithmetic: Arithmetic {
  /// What stands for memory that holds no element.
  package static let poison = UInt64.max

  private let key: UInt64
  private let op: UInt64

  /// The arithmetic of operator `op` under the random `key`.
  package init(key: UInt64, op: Int) {
    self.key = key
    self.op = UInt64(truncatingIfNeeded: op)
  }

  @inline(__always)
  package static var cellSizeInBytes: Int { 8 }

  @inline(__always)
  package static var channelsShareForms: Bool { true }

  @inline(__always)
  package var zero: UInt64 { 0 }

  @inline(__always)
  package func load(_ cells: Cells, _ offset: Int) -> UInt64 {
    if cells.isConstant { return PrimeField.element(cells.constantCode(offset)) }
    let width = cells.width
    let first = cells.base.load(fromByteOffset: offset &* width &* 8, as: UInt64.self)
    for part in 1..<max(width, 1) {
      let next = cells.base.load(fromByteOffset: (offset &* width &+ part) &* 8, as: UInt64.self)
      if next != first { return Self.poison }
    }
    return first < PrimeField.prime ? first : Self.poison
  }

  @inline(__always)
  package func store(_ value: UInt64, _ cells: Cells, _ offset: Int) {
    let width = cells.width
    for part in 0..<width {
      cells.base.storeBytes(
        of: value, toByteOffset: (offset &* width &+ part) &* 8, as: UInt64.self)
    }
  }

  @inline(__always)
  package func loadSum(_ cells: Cells, _ offset: Int) -> UInt64 { load(cells, offset) }

  @inline(__always)
  package func storeSum(_ sum: UInt64, _ cells: Cells, _ offset: Int) { store(sum, cells, offset) }

  @inline(__always)
  package func add(_ value: UInt64, to sum: UInt64) -> UInt64 {
    value == Self.poison || sum == Self.poison ? Self.poison : PrimeField.add(sum, value)
  }

  @inline(__always)
  package func add(form: UInt64, to sum: UInt64) -> UInt64 { add(form, to: sum) }

  @inline(__always)
  package func add(
    _ value: UInt64, times weights: Weights, base: Int, position: Int, to sum: UInt64
  ) -> UInt64 {
    if value == Self.poison || sum == Self.poison { return Self.poison }
    var hash = SipHash(key0: key, key1: op << 8 | Kind.coefficient.rawValue)
    hash.add(UInt64(truncatingIfNeeded: position))
    let coefficient = PrimeField.element(hash.value)
    return PrimeField.add(sum, PrimeField.multiply(value, coefficient))
  }

  package func finish(_ sum: UInt64, _ function: some SumFunction, channel: Int) -> UInt64 {
    fingerprint(.finish, [sum, UInt64(truncatingIfNeeded: channel)])
  }

  package func apply(_ function: some BinaryFunction, _ x: UInt64, _ y: UInt64) -> UInt64 {
    fingerprint(.binary, [x, y])
  }

  package func apply(_ function: some RowFunction, to row: UnsafeMutableBufferPointer<UInt64>) {
    let whole = fingerprint(.row, Array(row))
    for index in row.indices {
      row[index] = fingerprint(.element, [whole, UInt64(truncatingIfNeeded: index)])
    }
  }

  /// What kind of function an operator applies, so that no two share their values.
  private enum Kind: UInt64 {
    case coefficient, finish, binary, row, element
  }

  /// The pseudorandom function of an operator on its operands; poison if one of them is.
  private func fingerprint(_ kind: Kind, _ operands: [UInt64]) -> UInt64 {
    var hash = SipHash(key0: key, key1: op << 8 | kind.rawValue)
    for operand in operands {
      if operand == Self.poison { return Self.poison }
      hash.add(operand)
    }
    return PrimeField.element(hash.value)
  }
}

extension Cells {
  /// The code of an element of a constant.
  fileprivate func constantCode(_ offset: Int) -> Int64 {
    switch element {
    case .int8: Int64(base.loadUnaligned(fromByteOffset: offset, as: Int8.self))
    case .uint8, .bool: Int64(base.loadUnaligned(fromByteOffset: offset, as: UInt8.self))
    case .int16: Int64(base.loadUnaligned(fromByteOffset: offset * 2, as: Int16.self))
    case .uint16, .float16: Int64(base.loadUnaligned(fromByteOffset: offset * 2, as: UInt16.self))
    case .int32: Int64(base.loadUnaligned(fromByteOffset: offset * 4, as: Int32.self))
    case .uint32, .float32:
      Int64(base.loadUnaligned(fromByteOffset: offset * 4, as: UInt32.self))
    case .int64, .uint64, .float64:
      base.loadUnaligned(fromByteOffset: offset * 8, as: Int64.self)
    }
  }
}
