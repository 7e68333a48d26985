internal import Tensor

/// What precedes the elements in an .npy file.
struct NPYHeader {
  static let signature = [0x93] + Array("NUMPY".utf8)

  let element: ElementType
  let shape: Shape
  /// Where the elements start.
  let sizeInBytes: Int

  init(reading reader: ByteReader) throws(NumPyError) {
    let count = reader.bytes.count
    let found = reader.copy(from: 0, limit: Self.signature.count)
    guard Self.signature.starts(with: found) else {
      throw .notNPY(reader.place(0), found: found)
    }
    _ = try reader.range(of: .npySignature, at: 0, count: 8, limit: count)
    let (major, minor) = (reader.bytes.buffer[6], reader.bytes.buffer[7])
    guard (1...3).contains(major), minor == 0 else {
      throw .unsupportedVersion(reader.place(6), major: major, minor: minor)
    }

    let length = try reader.range(
      of: .npyHeaderLength, at: 8, count: major == 1 ? 2 : 4, limit: count)
    let text = try reader.range(
      of: .npyHeader, at: length.upperBound,
      count: reader.number(at: length.lowerBound, count: length.count), limit: count)

    var parser = NPYHeaderParser(reader, text)
    let fields = try parser.parse()
    guard let shape = Shape(checking: fields.extents) else {
      throw .tooManyElements(reader.place(fields.shapeOffset), extents: fields.extents)
    }
    guard !fields.isFortranOrder || Self.isAlsoRowMajor(shape) else {
      throw .fortranOrder(reader.place(fields.fortranOrderOffset), shape)
    }
    element = fields.element
    self.shape = shape
    sizeInBytes = text.upperBound
  }

  /// Whether column-major order is row-major order: at most one axis is longer than one.
  private static func isAlsoRowMajor(_ shape: Shape) -> Bool {
    shape.count == 0 || shape.extents.count { $0 != 1 } <= 1
  }
}
