public import Tensor

/// One array as numpy.save writes it.
public struct NPYArray: Sendable, Equatable {
  /// The type of one element.
  public let element: ElementType
  /// The extents, outermost axis first; none for a scalar.
  public let shape: Shape
  /// The elements, row-major and little-endian, without padding.
  public let bytes: Bytes

  /// Makes an array of elements that are in row-major order.
  ///
  /// - Precondition: there are as many bytes as the elements of `shape` occupy.
  public init(element: ElementType, shape: Shape, bytes: Bytes) {
    precondition(
      bytes.count == shape.count * element.sizeInBytes, "the bytes are those of the elements")
    self.element = element
    self.shape = shape
    self.bytes = bytes
  }

  /// Reads an .npy file of format version 1.0, 2.0 or 3.0, whose elements stay where they are.
  ///
  /// Python objects, records, big-endian numbers and column-major arrays are refused, and so are
  /// bytes after the last element. Source: numpy.lib.format, "Format Version 1.0" to "3.0".
  public init(parsing bytes: Bytes) throws(NumPyError) {
    try self.init(reading: ByteReader(bytes))
  }

  init(reading reader: ByteReader) throws(NumPyError) {
    let header = try NPYHeader(reading: reader)
    let sizeInBytes = header.shape.count * header.element.sizeInBytes
    guard let payload = reader.bytes[header.sizeInBytes..<reader.bytes.count],
      payload.count == sizeInBytes
    else {
      throw .payloadSize(
        reader.place(header.sizeInBytes), header.element, header.shape, expected: sizeInBytes,
        found: reader.bytes.count - header.sizeInBytes)
    }
    self.init(element: header.element, shape: header.shape, bytes: payload)
  }
}
