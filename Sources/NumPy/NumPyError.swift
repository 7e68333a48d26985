public import Tensor

/// Why a file is not read as numpy's; every case begins with the place.
public enum NumPyError: Error, Hashable, Sendable {
  // Either kind of file.

  /// Fewer bytes are left than a part needs.
  case truncated(NumPyPlace, NumPyPart, expected: UInt64, found: UInt64)

  // .npy

  /// The file does not start as an .npy file does.
  case notNPY(NumPyPlace, found: [UInt8])
  /// The format version is not 1.0, 2.0 or 3.0.
  case unsupportedVersion(NumPyPlace, major: UInt8, minor: UInt8)
  /// The header is not the dict literal it should be.
  case malformedHeader(NumPyPlace, expected: NPYHeaderSyntax, found: String)
  /// The header has a key that no .npy file has.
  case unknownKey(NumPyPlace, found: String)
  /// The header has a key twice.
  case duplicateKey(NumPyPlace, NPYHeaderKey)
  /// The header lacks a key.
  case missingKey(NumPyPlace, NPYHeaderKey)
  /// The elements are of a type that is not read; `found` is its code.
  case unsupportedElement(NumPyPlace, UnsupportedElement, found: String)
  /// The extents are no ``Shape``: their product is too large.
  case tooManyElements(NumPyPlace, extents: [Int])
  /// The elements are in column-major order.
  case fortranOrder(NumPyPlace, Shape)
  /// There are too few or too many bytes after the header.
  case payloadSize(NumPyPlace, ElementType, Shape, expected: Int, found: Int)

  // .npz

  /// The file does not end as a zip archive does; `start` is how it starts.
  case notZip(NumPyPlace, start: [UInt8])
  /// A part of the archive does not start with its signature.
  case signature(NumPyPlace, NumPyPart, expected: UInt32, found: UInt32)
  /// An offset leads past `limit`, where its target should have ended.
  case offset(NumPyPlace, NumPyPart, found: UInt64, limit: Int)
  /// A number is not what the rest of the archive says it is.
  case contradiction(NumPyPlace, NumPyField, expected: UInt64, found: UInt64)
  /// A member is compressed.
  case compressed(NumPyPlace, method: UInt16)
  /// A member is encrypted.
  case encrypted(NumPyPlace)
  /// The name of a member is not UTF-8, or not ASCII and not marked as UTF-8.
  case memberName(NumPyPlace, found: [UInt8])
  /// The local header of a member has another name than its directory entry.
  case otherName(NumPyPlace, found: [UInt8])
  /// Two members have the same name, ".npy" aside.
  case duplicateMember(NumPyPlace)
  /// A member starts before the one ahead of it, `other`, ends.
  case overlap(NumPyPlace, other: String, end: Int)
  /// The bytes of a member are not those it was stored with.
  case checksum(NumPyPlace, expected: UInt32, found: UInt32)
}
