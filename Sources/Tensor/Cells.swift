/// Raw storage of elements, as a kernel sees it: no shape, no bounds.
///
/// An element of `width` bytes takes `width` cells. A cell is a byte where numbers are stored, and a
/// wider word where something else stands for the numbers; constants are always bytes.
public struct Cells: @unchecked Sendable {
  /// The first element's first cell.
  public let base: UnsafeMutableRawPointer
  /// Cells per element.
  public let width: Int
  /// Whether this is a constant of the network: bytes, never written.
  public let isConstant: Bool

  /// Refers to storage that the caller keeps alive.
  public init(base: UnsafeMutableRawPointer, width: Int, isConstant: Bool) {
    self.base = base
    self.width = width
    self.isConstant = isConstant
  }
}
