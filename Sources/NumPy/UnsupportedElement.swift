/// Why the element type of an .npy file is not read.
public enum UnsupportedElement: String, Hashable, Sendable {
  /// The most significant byte comes first.
  case bigEndian
  /// Python objects, stored as a pickle.
  case object
  /// Records of several fields, or elements that are arrays themselves.
  case structured
  /// Anything else: complex numbers, text, dates, raw bytes.
  case other

  /// The reason for a type code that is none of ours.
  init(npyDescriptor: String) {
    let code = npyDescriptor.dropFirst()
    self =
      if npyDescriptor.first == ">", code.first.map({ "iufc".contains($0) }) ?? false {
        .bigEndian
      } else if code.first == "O" {
        .object
      } else {
        .other
      }
  }
}
