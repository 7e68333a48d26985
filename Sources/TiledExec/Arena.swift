public import Tensor

/// One aligned block that holds every activation, poisoned before use.
///
/// What is never written keeps the poison, so that the highest byte written can be measured rather
/// than computed.
public struct Arena: ~Copyable {
  /// The number of bytes.
  public let byteCount: Int
  private let memory: UnsafeMutableRawBufferPointer
  private let poison: UInt8

  /// Allocates a block whose start is 64-byte aligned, and fills it with `poison`.
  public init(byteCount: Int, poison: UInt8) {
    self.byteCount = byteCount
    self.poison = poison
    // At least one byte, so that an empty arena has an address as well.
    memory = .allocate(byteCount: max(byteCount, 1), alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: poison)
  }

  deinit { memory.deallocate() }

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
