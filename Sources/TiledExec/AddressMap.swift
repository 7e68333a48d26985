package import Graph

/// Who owns each byte of memory: the arena, and after it what lies outside.
package struct AddressMap {
  /// One byte of one element, or of one sum.
  package struct Owner: Hashable {
    /// Tensor, sum or not, element and byte in one word; `nothing` for none.
    private let word: UInt64

    package static let nothing = Owner(word: .max)

    private init(word: UInt64) { self.word = word }

    /// The owner of byte 0 of the element at row-major `index`; tensors below 2^20, elements below
    /// 2^40.
    package init(tensor: Int, isSum: Bool, index: Int) {
      word = UInt64(tensor) << 44 | (isSum ? 1 << 43 : 0) | UInt64(index) << 3
    }

    package var tensor: Int { Int(word >> 44) }
    package var isSum: Bool { word >> 43 & 1 == 1 }
    package var index: Int { Int(word >> 3 & (1 << 40 - 1)) }
    package var byte: Int { Int(word & 7) }
    /// The owner of the element's byte 0.
    package var element: Owner { Owner(word: word & ~7) }

    /// The owner of the byte `count` after, where elements of `width` bytes lie side by side.
    @inline(__always)
    package func advanced(byte: Int) -> Owner { Owner(word: word | UInt64(byte)) }

    @inline(__always)
    package func advanced(elements: Int) -> Owner { Owner(word: word + UInt64(elements) << 3) }
  }

  package private(set) var owners: [Owner]
  /// The step that wrote each byte; -1 for what is given.
  package private(set) var writers: [Int32]
  /// The last step that read each byte.
  private var readers: [Int32]
  /// Where each buffer starts.
  package let starts: [Int]

  package init(_ binding: PlanBinding) {
    let addresses = PlanAddresses(binding)
    starts = addresses.starts
    owners = [Owner](repeating: .nothing, count: addresses.end)
    writers = [Int32](repeating: -1, count: addresses.end)
    readers = [Int32](repeating: -1, count: addresses.end)
  }

  /// Whether `byteCount` bytes from `address` on exist.
  private func holds(_ address: Int, _ byteCount: Int) -> Bool {
    address >= 0 && byteCount >= 0 && address + byteCount <= owners.count
  }

  /// The first address of a run of elements of a buffer.
  package func address(of run: ElementRun, in buffer: Int, width: Int) -> Int {
    starts[buffer] + run.offset * width
  }

  /// Gives `count` elements from `address` on to `owner` and its successors.
  package mutating func take(
    from address: Int, count: Int, width: Int, for owner: Owner, step: Int
  ) {
    let writer = Int32(step)
    precondition(holds(address, count * width), "the elements lie in memory")
    owners.withUnsafeMutableBufferPointer { owners in
      writers.withUnsafeMutableBufferPointer { writers in
        var byte = address
        for element in 0..<count {
          let own = owner.advanced(elements: element)
          for part in 0..<width {
            owners[byte] = own.advanced(byte: part)
            writers[byte] = writer
            byte += 1
          }
        }
      }
    }
  }

  /// Makes `byteCount` bytes from `address` on nobody's.
  package mutating func release(from address: Int, byteCount: Int) {
    for byte in address..<address + byteCount { owners[byte] = .nothing }
  }

  /// Notes that `step` reads `count` elements from `address` on, and calls `missing` with the place
  /// in the run, and the first wrong byte, of each element that is not `owner`'s.
  package mutating func read(
    from address: Int, count: Int, width: Int, of owner: Owner, step: Int,
    missing: (_ element: Int, _ byte: Int) -> Void
  ) {
    let reader = Int32(step)
    precondition(holds(address, count * width), "the elements lie in memory")
    owners.withUnsafeBufferPointer { owners in
      readers.withUnsafeMutableBufferPointer { readers in
        var byte = address
        for element in 0..<count {
          let expected = owner.advanced(elements: element)
          var wrong: Int?
          for part in 0..<width {
            if owners[byte] == expected.advanced(byte: part) {
              readers[byte] = reader
            } else if wrong == nil {
              wrong = byte
            }
            byte += 1
          }
          if let wrong { missing(element, wrong) }
        }
      }
    }
  }

  /// Calls `body` for each byte that `step` has read, that somebody owns, and that is to be taken by
  /// another owner: `count` elements from `address` on, for `owner` and its successors.
  package func forEachOverwrite(
    from address: Int, count: Int, width: Int, for owner: Owner, step: Int,
    _ body: (_ element: Int, _ old: Owner, _ new: Owner) -> Void
  ) {
    let reader = Int32(step)
    precondition(holds(address, count * width), "the elements lie in memory")
    owners.withUnsafeBufferPointer { owners in
      readers.withUnsafeBufferPointer { readers in
        var byte = address
        for element in 0..<count {
          let own = owner.advanced(elements: element)
          for part in 0..<width {
            let (old, new) = (owners[byte], own.advanced(byte: part))
            if readers[byte] == reader && old != new && old != .nothing { body(element, old, new) }
            byte += 1
          }
        }
      }
    }
  }
}
