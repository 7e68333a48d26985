/// A part of an .npy file or of a zip archive, as error messages name it.
public enum NumPyPart: String, Hashable, Sendable {
  case npySignature = "the .npy signature and version"
  case npyHeaderLength = "the .npy header's length"
  case npyHeader = "the .npy header"
  case endRecord = "the zip end record"
  case zip64Locator = "the zip64 end record's locator"
  case zip64EndRecord = "the zip64 end record"
  case directory = "the zip directory"
  case directoryEntry = "a zip directory entry"
  case extraField = "a zip extra field"
  case zip64Field = "a zip64 extra field"
  case localHeader = "a zip local header"
  case memberData = "the member's data"
}
