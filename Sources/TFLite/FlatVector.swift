internal import Tensor

/// A vector of a FlatBuffer, all of whose elements are inside the file.
struct FlatVector: Sendable {
  let file: FlatBuffer
  /// Where the count of the elements is; the elements follow it.
  let place: ModelPlace
  let count: Int
  /// Bytes of one element.
  let stride: Int
  /// The elements' bytes, in place.
  let content: Bytes

  /// Checks the vector at `place`, before anything is allocated for it.
  init(in file: FlatBuffer, at place: ModelPlace, stride: Int) throws(ModelError) {
    guard let length = file.number(at: place.offset, as: UInt32.self) else {
      throw .outside(
        at: place, .length, byteCount: 4, available: file.available(from: place.offset))
    }
    let start = place.offset + 4
    let byteCount = Int(length) * stride
    guard let content = file.bytes[start..<start + byteCount] else {
      throw .outside(
        at: place, .elements, byteCount: byteCount, available: file.available(from: start))
    }
    self.file = file
    self.place = place
    self.stride = stride
    self.content = content
    count = Int(length)
  }

  /// The place of one element.
  func place(at index: Int) -> ModelPlace {
    ModelPlace(place.path[index], place.offset + 4 + index * stride)
  }

  /// A copy of the elements of a vector of numbers.
  ///
  /// - Precondition: `type` has the size of an element.
  func numbers<Number: FixedWidthInteger & BitwiseCopyable>(as type: Number.Type) -> [Number] {
    precondition(MemoryLayout<Number>.size == stride, "elements of \(stride) bytes")
    let memory = content.buffer
    return (0..<count).map {
      Number(littleEndian: memory.loadUnaligned(fromByteOffset: $0 * stride, as: type))
    }
  }

  /// The table that element `index` of a vector of tables refers to.
  ///
  /// - Precondition: `index` is in `0..<count`.
  func table(at index: Int) throws(ModelError) -> FlatTable {
    precondition(index >= 0 && index < count, "element \(index) of \(count)")
    let element = place(at: index)
    let distance = file.number(at: element.offset, as: UInt32.self) ?? 0
    return try FlatTable(in: file, at: ModelPlace(element.path, element.offset + Int(distance)))
  }
}
