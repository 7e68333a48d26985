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
  /// The pages of a guarded block, at whose end it lies.
  private let pages: UnsafeMutableRawBufferPointer?

  /// Allocates a block and fills it with `poison`.
  ///
  /// The start is 64-byte aligned. That of a guarded block is not: its end touches a page that may not
  /// be touched, so that the first byte after it traps; another such page lies before it.
  public init(byteCount: Int, poison: UInt8, isGuarded: Bool = false) {
    self.byteCount = byteCount
    self.poison = poison
    if isGuarded {
      let pages = GuardedPages.take(for: byteCount)
      memory = UnsafeMutableRawBufferPointer(rebasing: pages.suffix(byteCount))
      self.pages = pages
    } else {
      // At least one byte, so that an empty arena has an address as well.
      memory = .allocate(byteCount: max(byteCount, 1), alignment: 64)
      pages = nil
    }
    memory.initializeMemory(as: UInt8.self, repeating: poison)
  }

  deinit {
    if let pages { GuardedPages.giveBack(pages) } else { memory.deallocate() }
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
