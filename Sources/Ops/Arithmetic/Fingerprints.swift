internal import Tensor

/// The fingerprints of one operator: each element is stood for by a member of the field of 2^61 - 1.
///
/// What is not linear is a keyed pseudorandom function (SipHash-2-4) of its exact operands. An element
/// of w bytes fills w cells of 64 bits with its fingerprint, each with its place among the bytes in the
/// three bits that the field leaves. Cells that are not those of one element, in order, read as poison, and
/// what is made from poison is poison.
package struct Fingerprints: Sendable {
  /// What stands for memory that holds no element.
  package static let poison = UInt64.max

  /// What kind of function an operator applies, so that no two share their values.
  enum Kind: UInt64 {
    case coefficient, finish, unary, binary, fold, row, element, choice, constant, tensor
  }

  private let key: UInt64
  /// What tells the operator's result from those of others; 0 where parameters do.
  private let owner: UInt64
  /// Whether functions are told apart by their parameters.
  let hashesParameters: Bool

  init(_ key: FieldKey, _ call: KernelCall) {
    self.key = key.word
    hashesParameters = key.identity == .parameters
    owner =
      hashesParameters
      ? 0 : UInt64(truncatingIfNeeded: call.op) << 24 | UInt64(truncatingIfNeeded: call.output) << 8
  }

  /// The fingerprint at a place; poison where there is none.
  @inline(__always)
  func load(_ place: ElementPlace) -> UInt64 { load(place, width: place.cells.width) }

  /// The fingerprint at a place of an element of `width` bytes.
  @inline(__always)
  func load(_ place: ElementPlace, width: Int) -> UInt64 {
    let cells = place.cells
    if cells.isConstant { return constant(place.constantCode, width: width) }
    let start = place.offset &* width &* 8
    let first = cells.base.load(fromByteOffset: start, as: UInt64.self)
    for part in 1..<max(width, 1) {
      let next = cells.base.load(fromByteOffset: start &+ part &* 8, as: UInt64.self)
      if next != first | Self.place(part) { return Self.poison }
    }
    return first < PrimeField.prime ? first : Self.poison
  }

  /// The member that stands for a constant: the code itself, so that sums of codes are exact; a
  /// pseudorandom one for 64 bits, of which the field has too few.
  @inline(__always)
  private func constant(_ code: Int64, width: Int) -> UInt64 {
    if width < 8 { return PrimeField.element(code) }
    var hash = SipHash(key0: key, key1: Kind.constant.rawValue)
    hash.add(UInt64(bitPattern: code))
    return PrimeField.element(hash.value)
  }

  /// Writes a fingerprint to all cells of an element.
  @inline(__always)
  func store(_ value: UInt64, to place: ElementPlace) {
    let width = place.cells.width
    for part in 0..<width {
      place.cells.base.storeBytes(
        of: value | Self.place(part), toByteOffset: (place.offset &* width &+ part) &* 8,
        as: UInt64.self)
    }
  }

  /// The bits of a cell that say which byte of an element it stands for; members take the others.
  @inline(__always)
  private static func place(_ part: Int) -> UInt64 { UInt64(truncatingIfNeeded: part) &<< 61 }

  /// The cells of an element of `width` bytes whose fingerprint is `value`.
  package static func cells(_ value: UInt64, width: Int) -> [UInt64] {
    (0..<width).map { value | place($0) }
  }

  /// The pseudorandom function of two words.
  @inline(__always)
  func hash(_ kind: Kind, _ first: UInt64, _ second: UInt64) -> UInt64 {
    var hash = begin(kind)
    hash.add(first)
    hash.add(second)
    return PrimeField.element(hash.value)
  }

  /// The pseudorandom function of words yet to be added.
  @inline(__always)
  func begin(_ kind: Kind) -> SipHash { SipHash(key0: key, key1: owner | kind.rawValue) }

  /// The pseudorandom function of a function and words yet to be added.
  @inline(__always)
  func begin<Function: Parameterized>(_ kind: Kind, _ function: Function) -> SipHash {
    var hash = begin(kind)
    if hashesParameters {
      hash.add(UInt64(UInt(bitPattern: ObjectIdentifier(Function.self))))
      function.addParameters(to: &hash)
    }
    return hash
  }
}

extension ElementPlace {
  /// The bits of an element of a constant, as an integer.
  var constantCode: Int64 {
    switch cells.element {
    case .int4, .int8: Int64(load(as: Int8.self))
    case .uint8, .bool: Int64(load(as: UInt8.self))
    case .int16: Int64(load(as: Int16.self))
    case .uint16, .float16: Int64(UInt16(bitPattern: load(as: Int16.self)))
    case .int32: Int64(load(as: Int32.self))
    case .uint32, .float32: Int64(UInt32(bitPattern: load(as: Int32.self)))
    case .int64, .uint64, .float64: load(as: Int64.self)
    }
  }
}
