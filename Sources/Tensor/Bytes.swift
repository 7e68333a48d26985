/// Immutable bytes that someone else keeps alive: a constant inside a mapped file, or an array.
///
/// Copying a value copies no bytes. The memory stays valid as long as any copy exists.
public struct Bytes: @unchecked Sendable {
  /// The memory, valid while this value lives: bind the value to a name, and keep it, before taking
  /// its memory.
  public let buffer: UnsafeRawBufferPointer
  private let owner: AnyObject

  /// Refers to `buffer`, which lives as long as `owner` and is never written to.
  public init(_ buffer: UnsafeRawBufferPointer, owner: AnyObject) {
    self.buffer = buffer
    self.owner = owner
  }

  /// Copies the elements of `array`, in the machine's (little-endian) byte order.
  public init<Element: BitwiseCopyable>(copying array: [Element]) {
    let storage = HeapBytes(count: array.count * MemoryLayout<Element>.stride)
    array.withUnsafeBytes { storage.memory.copyMemory(from: $0) }
    self.init(UnsafeRawBufferPointer(storage.memory), owner: storage)
  }

  /// The number of bytes.
  public var count: Int { buffer.count }

  /// The bytes in `range` (relative to this value's start); `nil` when they are not all inside.
  public subscript(range: Range<Int>) -> Bytes? {
    guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
    return Bytes(UnsafeRawBufferPointer(rebasing: buffer[range]), owner: owner)
  }

  /// Copies the bytes in `range` to `target`.
  ///
  /// - Precondition: the range lies inside, and `target` has room.
  public func copy(_ range: Range<Int>, to target: UnsafeMutableRawPointer) {
    withExtendedLifetime(owner) {
      guard let base = buffer.baseAddress, !range.isEmpty else { return }
      precondition(range.upperBound <= count, "the range lies inside")
      target.copyMemory(from: base + range.lowerBound, byteCount: range.count)
    }
  }

  /// A copy of the elements; trailing bytes that do not fill an element are left out.
  public func elements<Element: BitwiseCopyable>(of type: Element.Type) -> [Element] {
    let count = count / MemoryLayout<Element>.stride
    return withExtendedLifetime(owner) {
      [Element](unsafeUninitializedCapacity: count) { elements, initializedCount in
        let bytes = UnsafeMutableRawBufferPointer(elements)
        bytes.copyMemory(
          from: UnsafeRawBufferPointer(
            rebasing: buffer.prefix(count * MemoryLayout<Element>.stride)))
        initializedCount = count
      }
    }
  }
}

extension Bytes: Hashable {
  /// Whether both hold the same bytes.
  public static func == (left: Bytes, right: Bytes) -> Bool {
    withExtendedLifetime((left.owner, right.owner)) {
      left.count == right.count
        && (left.buffer.baseAddress == right.buffer.baseAddress
          || left.buffer.elementsEqual(right.buffer))
    }
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    withExtendedLifetime(owner) { hasher.combine(bytes: buffer) }
  }
}

/// Bytes on the heap, 16-byte aligned.
private final class HeapBytes {
  let memory: UnsafeMutableRawBufferPointer

  init(count: Int) { memory = .allocate(byteCount: count, alignment: 16) }

  deinit { memory.deallocate() }
}
