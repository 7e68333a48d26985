package import Tensor

/// The machine's arithmetic on quantized codes: elements of `Element`, weights of `Weight`, sums of
/// 32 bits that wrap.
package struct Integers<Element, Weight>: Arithmetic
where
  Element: FixedWidthInteger & BitwiseCopyable & Sendable,
  Weight: FixedWidthInteger & BitwiseCopyable & Sendable
{
  /// Makes the arithmetic.
  package init() {}

  @inline(__always)
  package static var cellSizeInBytes: Int { 1 }

  @inline(__always)
  package static var channelsShareForms: Bool { false }

  @inline(__always)
  package var zero: Int32 { 0 }

  @inline(__always)
  package func load(_ cells: Cells, _ offset: Int) -> Int32 {
    Int32(
      truncatingIfNeeded: cells.base.loadUnaligned(
        fromByteOffset: offset &* MemoryLayout<Element>.size, as: Element.self))
  }

  @inline(__always)
  package func store(_ value: Int32, _ cells: Cells, _ offset: Int) {
    cells.base.storeBytes(
      of: Element(truncatingIfNeeded: value),
      toByteOffset: offset &* MemoryLayout<Element>.size, as: Element.self)
  }

  @inline(__always)
  package func loadSum(_ cells: Cells, _ offset: Int) -> Int32 {
    cells.base.loadUnaligned(fromByteOffset: offset &* 4, as: Int32.self)
  }

  @inline(__always)
  package func storeSum(_ sum: Int32, _ cells: Cells, _ offset: Int) {
    cells.base.storeBytes(of: sum, toByteOffset: offset &* 4, as: Int32.self)
  }

  @inline(__always)
  package func add(_ value: Int32, to sum: Int32) -> Int32 { sum &+ value }

  @inline(__always)
  package func add(form: Int32, to sum: Int32) -> Int32 { sum &+ form }

  @inline(__always)
  package func add(
    _ value: Int32, times weights: Weights, base: Int, position: Int, to sum: Int32
  ) -> Int32 {
    let weight = weights.cells.base.loadUnaligned(
      fromByteOffset: (base &+ position) &* MemoryLayout<Weight>.size, as: Weight.self)
    return sum
      &+ (value &- weights.valueZeroPoint)
      &* (Int32(truncatingIfNeeded: weight) &- weights.weightZeroPoint)
  }

  @inline(__always)
  package func finish(_ sum: Int32, _ function: some SumFunction, channel: Int) -> Int32 {
    function.code(of: sum, channel: channel)
  }

  @inline(__always)
  package func apply(_ function: some BinaryFunction, _ x: Int32, _ y: Int32) -> Int32 {
    function.code(of: x, y)
  }

  @inline(__always)
  package func apply(_ function: some RowFunction, to row: UnsafeMutableBufferPointer<Int32>) {
    function.replace(row)
  }
}
