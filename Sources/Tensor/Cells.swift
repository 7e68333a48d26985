/// Raw storage of elements, as a kernel sees it: no shape, no bounds.
///
/// An element takes as many cells as it has bytes. A cell is a byte where numbers are stored, and a
/// wider word where something else stands for the numbers; constants are always bytes.
public struct Cells: @unchecked Sendable {
  /// The first element's first cell.
  public let base: UnsafeMutableRawPointer
  /// The type of the element that is stored, or stood for.
  public let element: ElementType
  /// Whether this is a constant of the network: bytes, never written.
  public let isConstant: Bool

  /// Refers to storage that the caller keeps alive.
  public init(base: UnsafeMutableRawPointer, element: ElementType, isConstant: Bool) {
    self.base = base
    self.element = element
    self.isConstant = isConstant
  }

  /// Cells per element.
  @inlinable
  public var width: Int { element.sizeInBytes }
}
