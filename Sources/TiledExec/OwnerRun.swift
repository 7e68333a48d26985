/// The owners of bytes side by side: those of an element, then those of the next.
package struct OwnerRun: Hashable {
  /// The first byte's owner; `nothing` for bytes that are all nobody's.
  package let first: AddressMap.Owner
  /// Bytes per element.
  package let width: Int

  /// Elements of `width` bytes from byte 0 of `first` on.
  package init(_ first: AddressMap.Owner, width: Int) {
    self.first = first
    self.width = width
  }

  /// The owner of the byte `offset` after the first.
  @inline(__always)
  package func owner(at offset: Int) -> AddressMap.Owner {
    if first == .nothing { return .nothing }
    let (elements, byte) = (first.byte + offset).quotientAndRemainder(dividingBy: width)
    return first.element.advanced(elements: elements).advanced(byte: byte)
  }

  /// The owners from the byte `offset` after the first on.
  @inline(__always)
  package func dropping(_ offset: Int) -> OwnerRun { OwnerRun(owner(at: offset), width: width) }

  /// The number of the byte `offset` after the first among all of its tensor's.
  package func position(at offset: Int) -> Int { first.index * width + first.byte + offset }
}
