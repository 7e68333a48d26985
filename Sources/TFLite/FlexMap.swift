package import Ops
package import Tensor

/// The map of FlexBuffers that holds a custom operator's attributes, of which no read passes the end.
///
/// Source: the FlexBuffers internals document. A map is a vector of keys and one of values, behind which
/// there is a byte for the kind of each; offsets point backwards. Attributes are numbers, so that nothing
/// nests.
package struct FlexMap: Sendable {
  /// A vector: where its elements start, and the width of each in bytes.
  private struct Vector {
    let start: Int
    let width: Int
  }

  /// A number as it is stored.
  enum Number {
    case signed(Int64)
    case unsigned(UInt64)
    case real(Double)
  }

  /// What a value is, in the byte that says so.
  private enum Kind: UInt8 {
    case null = 0
    case signed, unsigned, real
    case indirectSigned = 6
    case indirectUnsigned, indirectReal, map
    case bool = 26
  }

  private let file: FlatBuffer
  private let names: [String]
  private let count: Int
  private let keys: Vector
  private let values: Vector

  /// Checks the map whose buffer `bytes` is; the attribute of each slot is named `names`.
  package init(_ bytes: Bytes, attributes names: [String]) throws(OptionError) {
    file = FlatBuffer(bytes: bytes)
    self.names = names
    // The last byte is the width of the root, which lies before the byte for its kind.
    let end = bytes.count - 2
    guard let rootWidth = file.number(at: end + 1, as: UInt8.self).map(Int.init),
      let kind = file.number(at: end, as: UInt8.self), Kind(rawValue: kind >> 2) == .map,
      let start = file.target(of: end - rootWidth, width: rootWidth)
    else { throw OptionError(slot: nil, expected: "a map of FlexBuffers", offset: max(end, 0)) }
    values = Vector(start: start, width: 1 << Int(kind & 3))
    let place = start - 3 * values.width
    guard let keyStart = file.target(of: place, width: values.width),
      let keyWidth = file.unsigned(at: place + values.width, width: values.width),
      [1, 2, 4, 8].contains(keyWidth)
    else { throw OptionError(slot: nil, expected: "a vector of keys", offset: place) }
    keys = Vector(start: keyStart, width: Int(keyWidth))
    guard let valueCount = file.unsigned(at: start - values.width, width: values.width),
      let keyCount = file.unsigned(at: keyStart - keys.width, width: keys.width),
      keyCount == valueCount, let count = Int(exactly: keyCount), count <= bytes.count,
      file.contains(count * keys.width, at: keys.start),
      file.contains(count * (values.width + 1), at: values.start)
    else { throw OptionError(slot: nil, expected: "a key for each value", offset: start) }
    self.count = count
  }

  /// The number in a slot; `nil` for an attribute that is absent, or null.
  ///
  /// - Complexity: linear in the bytes of the keys.
  func number(_ slot: Int, _ expected: String) throws(OptionError) -> Number? {
    guard names.indices.contains(slot), let index = try index(ofKey: names[slot]) else {
      return nil
    }
    let place = values.start + index * values.width
    let code = file.number(at: values.start + count * values.width + index, as: UInt8.self) ?? 0
    let kind = Kind(rawValue: code >> 2)
    if kind == .null { return nil }
    let error = OptionError(
      slot: slot, expected: "\(expected) for \(names[slot])", offset: place)
    func indirect() throws(OptionError) -> Vector {
      guard let target = file.target(of: place, width: values.width) else { throw error }
      return Vector(start: target, width: 1 << Int(code & 3))
    }
    let direct = Vector(start: place, width: values.width)
    let number: Number? =
      switch kind {
      case .signed: signed(direct)
      case .indirectSigned: signed(try indirect())
      case .unsigned, .bool: unsigned(direct)
      case .indirectUnsigned: unsigned(try indirect())
      case .real: real(direct)
      case .indirectReal: real(try indirect())
      case .null, .map, nil: nil
      }
    guard let number else { throw error }
    return number
  }

  /// The place of a key among the keys; `nil` where there is none of that name.
  private func index(ofKey name: String) throws(OptionError) -> Int? {
    let name = Array(name.utf8) + [0]
    for index in 0..<count {
      let place = keys.start + index * keys.width
      guard let start = file.target(of: place, width: keys.width) else {
        throw OptionError(slot: nil, expected: "a key", offset: place)
      }
      if file.contains(name.count, at: start),
        file.bytes.buffer[start..<start + name.count].elementsEqual(name)
      {
        return index
      }
    }
    return nil
  }

  private func unsigned(_ place: Vector) -> Number? {
    file.unsigned(at: place.start, width: place.width).map(Number.unsigned)
  }

  private func signed(_ place: Vector) -> Number? {
    file.unsigned(at: place.start, width: place.width).map { bits in
      // The sign is the highest bit of the width.
      let shift = 64 - 8 * place.width
      return .signed(Int64(bitPattern: bits << shift) >> shift)
    }
  }

  /// A float of 32 or 64 bits; there are no others.
  private func real(_ place: Vector) -> Number? {
    guard let bits = file.unsigned(at: place.start, width: place.width) else { return nil }
    switch place.width {
    case 4: return .real(Double(Float(bitPattern: UInt32(bits))))
    case 8: return .real(Double(bitPattern: bits))
    default: return nil
    }
  }
}

extension FlatBuffer {
  /// The unsigned number of `width` bytes at `offset`; `nil` when there are no such, or not all of them
  /// inside.
  fileprivate func unsigned(at offset: Int, width: Int) -> UInt64? {
    switch width {
    case 1: number(at: offset, as: UInt8.self).map(UInt64.init)
    case 2: number(at: offset, as: UInt16.self).map(UInt64.init)
    case 4: number(at: offset, as: UInt32.self).map(UInt64.init)
    case 8: number(at: offset, as: UInt64.self)
    default: nil
    }
  }

  /// What the offset of `width` bytes at `place` refers to, which lies inside, before it; `nil` when there
  /// is no such.
  fileprivate func target(of place: Int, width: Int) -> Int? {
    guard let distance = unsigned(at: place, width: width), distance <= UInt64(place) else {
      return nil
    }
    return place - Int(distance)
  }
}
