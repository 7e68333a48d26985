/// A number that a zip archive states twice, or that has one sound value.
public enum NumPyField: String, Hashable, Sendable {
  case diskNumber = "disk number"
  case diskMemberCount = "number of members on this disk"
  case memberCount = "number of members"
  case directorySize = "size of the directory"
  case directoryOffset = "offset of the directory"
  case endRecordSize = "size of the zip64 end record"
  case method = "compression method"
  case checksum = "CRC-32"
  case storedSize = "size as stored"
  case size = "size"
}
