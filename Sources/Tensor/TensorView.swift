/// Storage plus the region of the whole tensor that it holds: coordinates stay those of the tensor.
///
/// A view owns nothing and checks nothing; whoever makes one guarantees that `region` is stored.
public struct TensorView: Sendable {
  /// The elements' storage.
  public let cells: Cells
  /// The coordinates that are stored.
  public let region: Region
  /// One map per axis, outermost first.
  public let axes: [AxisMap]

  /// Makes a view.
  public init(cells: Cells, region: Region, axes: [AxisMap]) {
    self.cells = cells
    self.region = region
    self.axes = axes
  }

  /// The type of one element.
  public var element: ElementType { cells.element }

  /// A view of a constant of the network.
  ///
  /// The caller keeps `bytes` alive while the view is used.
  public init(constant bytes: Bytes, type: TensorType) {
    let whole = Region(whole: type.shape)
    // An empty constant has no address.
    let base = bytes.buffer.baseAddress.map(UnsafeMutableRawPointer.init(mutating:)) ?? Self.nowhere
    self.init(
      cells: Cells(base: base, element: type.element, isConstant: true), region: whole,
      axes: AxisMap.rowMajor(whole))
  }

  /// A view that stores no element of a tensor.
  public init(empty type: TensorType) {
    let none = Region([Range<Int>](repeating: 0..<0, count: type.shape.rank))
    self.init(
      cells: Cells(base: Self.nowhere, element: type.element, isConstant: false), region: none,
      axes: AxisMap.rowMajor(none))
  }

  /// An address that nothing is ever read from.
  private static var nowhere: UnsafeMutableRawPointer {
    guard let base = UnsafeMutableRawPointer(bitPattern: 16) else {
      preconditionFailure("16 is an address")
    }
    return base
  }

  /// The offset in elements of the row along the last axis that the element at `start` lies in: its
  /// offset but for the last axis.
  @inlinable
  public func rowStart(_ start: [Int]) -> Int {
    var offset = 0
    for axis in 0..<max(axes.count - 1, 0) { offset &+= axes[axis].offset(start[axis]) }
    return offset
  }

  /// The offset in elements of the element at row-major `index` of the whole tensor.
  ///
  /// `strides` are those of the whole tensor.
  @inlinable
  public func offset(ofIndex index: Int, strides: [Int]) -> Int {
    var (offset, rest) = (0, index)
    for axis in axes.indices {
      let (coordinate, remainder) = rest.quotientAndRemainder(dividingBy: strides[axis])
      offset &+= axes[axis].offset(coordinate)
      rest = remainder
    }
    return offset
  }

  /// The offset in elements of the element at `coordinate`.
  public func offset(of coordinate: [Int]) -> Int {
    zip(axes, coordinate).reduce(0) { $0 + $1.0.offset($1.1) }
  }
}
