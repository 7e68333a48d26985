internal import Glibc
public import Tensor

/// One block that holds every activation, poisoned before use.
///
/// What is never written keeps the poison, so that the highest byte written can be measured rather
/// than computed.
public struct Arena: ~Copyable {
  /// The number of bytes.
  public let byteCount: Int
  private let memory: UnsafeMutableRawBufferPointer
  private let poison: UInt8
  /// The pages around a guarded block, itself included.
  private let pages: UnsafeMutableRawBufferPointer?

  /// Allocates a block and fills it with `poison`.
  ///
  /// The start is 64-byte aligned. That of a guarded block is not: its end touches a page that may not
  /// be touched, so that the first byte after it traps; another such page lies before it.
  public init(byteCount: Int, poison: UInt8, isGuarded: Bool = false) {
    self.byteCount = byteCount
    self.poison = poison
    if isGuarded {
      let page = Int(sysconf(Int32(_SC_PAGESIZE)))
      let inner = (byteCount + page - 1) / page * page
      let pages = Self.map(inner + 2 * page)
      if inner > 0, let start = pages.baseAddress {
        mprotect(start + page, inner, PROT_READ | PROT_WRITE)
      }
      let start = page + inner - byteCount
      memory = UnsafeMutableRawBufferPointer(rebasing: pages[start..<start + byteCount])
      self.pages = pages
    } else {
      // At least one byte, so that an empty arena has an address as well.
      memory = .allocate(byteCount: max(byteCount, 1), alignment: 64)
      pages = nil
    }
    memory.initializeMemory(as: UInt8.self, repeating: poison)
  }

  deinit {
    if let pages { munmap(pages.baseAddress, pages.count) } else { memory.deallocate() }
  }

  /// Pages that may not be touched.
  private static func map(_ byteCount: Int) -> UnsafeMutableRawBufferPointer {
    let pages = mmap(nil, byteCount, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let pages, pages != MAP_FAILED else {
      preconditionFailure("no memory for \(byteCount) bytes")
    }
    return UnsafeMutableRawBufferPointer(start: pages, count: byteCount)
  }

  /// The number of bytes up to the highest one that does not hold the poison.
  ///
  /// A byte that was written with the value of the poison looks unwritten; two runs with different
  /// poisons between them miss none.
  public var highestDifferenceFromPoison: Int {
    memory.lastIndex { $0 != poison }.map { $0 + 1 } ?? 0
  }

  /// The storage of elements from address `offset` on.
  ///
  /// - Precondition: `offset` lies inside the block.
  public func cells(at offset: Int, of element: ElementType) -> Cells {
    precondition(offset >= 0 && offset <= byteCount, "the address lies in the arena")
    guard let base = memory.baseAddress else { preconditionFailure("the block has an address") }
    return Cells(base: base + offset, element: element, isConstant: false)
  }
}
