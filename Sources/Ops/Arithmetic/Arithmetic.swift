public import Tensor

/// What kernels that compute element by element compute with.
///
/// Each such kernel is one generic body over an arithmetic: numbers run the network, a finite field
/// proves two programs equal. A kernel touches elements only through this protocol, so that no
/// operator is defined twice.
public protocol Arithmetic: Sendable {
  /// Bytes that one cell of storage takes; see `Cells`.
  static var cellSizeInBytes: Int { get }

  /// Calls `body` with memory for `count` elements, none of them written yet, that nobody else sees.
  func withScratch(_ element: ElementType, count: Int, _ body: (Cells) -> Void)

  /// Copies an element to a place of the same width.
  func copy(_ source: ElementPlace, to target: ElementPlace)
  /// Copies the one of `count` elements that an index chooses; the nearest for one out of range.
  ///
  /// The index is an integer of at most 64 bits.
  func choose(
    _ index: ElementPlace, of count: Int, _ candidate: (Int) -> ElementPlace,
    to target: ElementPlace)

  /// Writes a function of one element.
  func apply<Function: UnaryFunction>(
    _ function: Function, _ x: ElementPlace, to target: ElementPlace)
  /// Writes a function of two elements.
  func apply<Function: BinaryFunction>(
    _ function: Function, _ x: ElementPlace, _ y: ElementPlace, to target: ElementPlace)
  /// Writes a function of `count` elements, taken in order.
  func fold<Function: FoldFunction>(
    _ function: Function, count: Int, _ element: (Int) -> ElementPlace, to target: ElementPlace)
  /// Writes some of a row of results, each of which depends on all `count` elements of `source`;
  /// both rows count from coordinate 0.
  func apply<Function: RowFunction>(
    _ function: Function, count: Int, _ source: ElementRow, to target: ElementRow,
    at coordinates: Range<Int>)
  /// Writes some of the results of a function of whole tensors, each of which depends on all that
  /// `operands` store.
  func apply<Function: TensorFunction>(
    _ function: Function, _ operands: [TensorView], to target: TensorView, in region: Region)
}

extension Arithmetic {
  /// Takes the memory from the stack, where there is room.
  @inline(__always)
  public func withScratch(_ element: ElementType, count: Int, _ body: (Cells) -> Void) {
    withUnsafeTemporaryAllocation(
      byteCount: max(count, 1) * element.sizeInBytes * Self.cellSizeInBytes, alignment: 16
    ) { memory in
      guard let base = memory.baseAddress else { return }
      body(Cells(base: base, element: element, isConstant: false))
    }
  }
}
