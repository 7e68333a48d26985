/// The extents of a tensor, outermost axis first (NHWC for feature maps, OHWI for filters).
///
/// Every extent is at least 0, and their product fits an `Int`.
public struct Shape: Hashable, Sendable {
  /// One extent per axis.
  public let extents: [Int]

  /// The number of elements.
  public let count: Int

  /// Makes a shape; `nil` if an extent is negative, or the product of those that are not 0 passes 2^48.
  ///
  /// The limit keeps every later product with an element size, and every stride, far from overflow.
  public init?(checking extents: [Int]) {
    var product = 1
    for extent in extents {
      let (next, overflow) = product.multipliedReportingOverflow(by: max(extent, 1))
      guard extent >= 0, !overflow, next <= 1 << 48 else { return nil }
      product = next
    }
    self.extents = extents
    count = extents.contains(0) ? 0 : product
  }

  /// Makes a shape of extents that are known to be sound.
  ///
  /// - Precondition: no extent is negative and the product is at most 2^48.
  public init(_ extents: Int...) {
    guard let shape = Shape(checking: extents) else {
      preconditionFailure("extents \(extents) are no shape")
    }
    self = shape
  }

  /// The number of axes.
  public var rank: Int { extents.count }

  /// The extent of one axis.
  public subscript(axis: Int) -> Int { extents[axis] }

  /// Row-major strides in elements: `strides[rank - 1]` is 1.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * extents[axis + 1]
    }
    return strides
  }

  /// The coordinate of the element at `index` in row-major order.
  public func coordinate(at index: Int) -> [Int] {
    zip(strides, extents).map { stride, extent in index / stride % max(extent, 1) }
  }

  /// The row-major index of the element at `coordinate`.
  public func index(of coordinate: [Int]) -> Int {
    zip(coordinate, strides).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

extension Shape: CustomStringConvertible {
  /// The extents in brackets.
  public var description: String { "[\(extents.map(String.init).joined(separator: ","))]" }
}
