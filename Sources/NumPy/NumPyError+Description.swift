internal import Tensor

extension NumPyError {
  /// Where in the file the error was found.
  public var place: NumPyPlace {
    switch self {
    case .truncated(let place, _, _, _), .notNPY(let place, _),
      .unsupportedVersion(let place, _, _), .malformedHeader(let place, _, _),
      .unknownKey(let place, _), .duplicateKey(let place, _), .missingKey(let place, _),
      .unsupportedElement(let place, _, _), .tooManyElements(let place, _),
      .fortranOrder(let place, _), .payloadSize(let place, _, _, _, _), .notZip(let place, _),
      .signature(let place, _, _, _), .offset(let place, _, _, _),
      .contradiction(let place, _, _, _), .compressed(let place, _), .encrypted(let place),
      .memberName(let place, _), .otherName(let place, _), .duplicateMember(let place),
      .overlap(let place, _, _), .checksum(let place, _, _):
      place
    }
  }
}

extension NumPyError: CustomStringConvertible {
  /// The place, what was expected, what was found, and what to do, on one line.
  public var description: String { "\(place): \(finding); \(remedy)" }

  /// What was expected and what was found.
  private var finding: String {
    switch self {
    case .truncated(_, let part, let expected, let found):
      "expected \(expected) bytes of \(part.rawValue), found \(found)"
    case .notNPY(_, let found):
      "expected an .npy file, which starts 93 4E 55 4D 50 59, found \(Self.hex(found))"
    case .unsupportedVersion(_, let major, let minor):
      "expected .npy format version 1.0, 2.0 or 3.0, found \(major).\(minor)"
    case .malformedHeader(_, let expected, let found):
      "expected \(expected.rawValue) in the .npy header, found \(Self.quote(found))"
    case .unknownKey(_, let found):
      "expected \(Self.keys) in the .npy header, found \(Self.quote(found))"
    case .duplicateKey(_, let key):
      "expected one '\(key.rawValue)' in the .npy header, found a second"
    case .missingKey(_, let key):
      "expected \(Self.keys) in the .npy header, found no '\(key.rawValue)'"
    case .unsupportedElement(_, _, let found):
      "expected elements of type \(Self.types), found \(Self.quote(found))"
    case .tooManyElements(_, let extents):
      "expected at most 2^48 elements, found the extents \(Self.list(extents))"
    case .fortranOrder(_, let shape):
      "expected elements of shape \(Self.list(shape.extents)) in row-major (C) order, "
        + "found column-major (Fortran) order"
    case .payloadSize(_, let element, let shape, let expected, let found):
      "expected \(expected) bytes of data for \(element)\(Self.list(shape.extents)), found \(found)"
    case .notZip(_, let start):
      "expected a zip end record up to here, found none in a file that starts \(Self.hex(start))"
    case .signature(_, let part, let expected, let found):
      "expected \(part.rawValue), which starts \(Self.hex(expected)), found \(Self.hex(found))"
    case .offset(_, let part, let found, let limit):
      "expected the offset of \(part.rawValue), at most \(limit), found \(found)"
    case .contradiction(_, let field, let expected, let found):
      "expected \(field.rawValue) \(expected), found \(found)"
    case .compressed(_, let method):
      "expected a stored member, found one compressed by method \(method)"
    case .encrypted:
      "expected a stored member, found an encrypted one"
    case .memberName(_, let found):
      "expected a name in ASCII or marked as UTF-8, found \(Self.hex(found))"
    case .otherName(_, let found):
      "expected the name of the directory entry in the local header, found "
        + Self.quote(String(decoding: found, as: UTF8.self))
    case .duplicateMember:
      "expected each member once, found a second of this name"
    case .overlap(_, let other, let end):
      "expected the member after \(Self.quote(other)), which ends at byte \(end), found it here"
    case .checksum(_, let expected, let found):
      "expected data of CRC-32 \(Self.hex(expected)), found \(Self.hex(found))"
    }
  }

  /// What to do about it.
  private var remedy: String {
    switch self {
    case .notNPY(_, let found) where found.starts(with: "PK".utf8):
      "open it as an .npz archive"
    case .notZip(_, let start) where start == NPYHeader.signature:
      "open it as an .npy file"
    case .truncated, .notZip, .signature, .offset, .contradiction, .overlap, .checksum, .otherName:
      "the file is cut short or damaged: copy it again, or write it again with numpy"
    case .payloadSize(_, _, _, let expected, let found):
      found < expected
        ? "the file is cut short: copy it again, or write it again with numpy.save"
        : "write one array to a file, with numpy.save"
    case .notNPY, .unsupportedVersion, .malformedHeader, .unknownKey, .duplicateKey, .missingKey:
      "write the file with numpy.save"
    case .unsupportedElement(_, let reason, _):
      Self.remedy(for: reason)
    case .tooManyElements:
      "save the array in several files"
    case .fortranOrder:
      "save numpy.ascontiguousarray(array)"
    case .compressed:
      "save with numpy.savez, not numpy.savez_compressed"
    case .encrypted:
      "save with numpy.savez, without encryption"
    case .memberName, .duplicateMember:
      "save with numpy.savez, each array under a name of its own"
    }
  }

  private static func remedy(for reason: UnsupportedElement) -> String {
    switch reason {
    case .bigEndian: "save array.astype(array.dtype.newbyteorder('<'))"
    case .object: "save numbers, not Python objects: array.astype(numpy.float32), for one"
    case .structured: "save each field by itself: array['field']"
    case .other: "save the array as one of these types: array.astype(numpy.float32), for one"
    }
  }

  private static var keys: String {
    NPYHeaderKey.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
  }

  private static var types: String {
    ElementType.npyElements.map(\.npyDescriptor).joined(separator: " ")
  }

  /// `text` in quotes on one line, cut after 64 scalars, with control characters escaped.
  private static func quote(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(64).map {
      $0.properties.generalCategory == .control ? $0.escaped(asASCII: true) : String($0)
    }
    return "\"\(shown.joined())\""
  }

  /// The extents in brackets, cut after 32.
  private static func list(_ extents: [Int]) -> String {
    let shown = extents.prefix(32).map(String.init) + (extents.count > 32 ? ["..."] : [])
    return "[\(shown.joined(separator: ","))]"
  }

  /// The first 32 bytes in hexadecimal, as a hex dump shows them.
  private static func hex(_ bytes: [UInt8]) -> String {
    guard !bytes.isEmpty else { return "nothing" }
    let shown = bytes.prefix(32).map {
      ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true)
    }
    return (shown + (bytes.count > 32 ? ["..."] : [])).joined(separator: " ")
  }

  /// The number as it lies in the file.
  private static func hex(_ number: UInt32) -> String {
    hex((0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
  }
}
