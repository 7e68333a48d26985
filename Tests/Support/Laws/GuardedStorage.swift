public import Ops
public import Tensor

/// A region of a tensor in memory of its own, with so much around it that a kernel which reads or
/// writes any coordinate of the tensor stays inside.
///
/// Whoever takes the view keeps the storage alive while it is used.
public final class GuardedStorage {
  /// The view that a kernel gets.
  public let view: TensorView
  /// The tensor's extents.
  public let shape: Shape

  private let memory: UnsafeMutableRawBufferPointer
  private let start: Int
  /// Bytes per element.
  private let width: Int

  /// Makes storage that holds `region` in the cells of `machine`, or in bytes if it is constant;
  /// `rings` gives the capacity of each ring axis.
  public init(
    _ element: ElementType, shape: Shape, region: Region, rings: [Int: Int] = [:],
    isConstant: Bool = false, on machine: Machine = .numbers
  ) {
    let axes = AxisMap.rowMajor(region, rings: rings)
    // Room for a kernel that takes its operand to be whole, and some to spare.
    let slack = 64
    var (before, after) = (slack, slack + shape.count)
    for (axis, map) in axes.enumerated() {
      before += map.low * map.stride
      after += max(map.isRing ? map.capacity : shape[axis] - map.low, 0) * map.stride
    }
    width = element.sizeInBytes * (isConstant ? 1 : machine.cellSizeInBytes)
    start = before * width
    memory = .allocate(byteCount: (before + after) * width, alignment: 16)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    guard let base = memory.baseAddress else { preconditionFailure("there is room to spare") }
    self.shape = shape
    view = TensorView(
      cells: Cells(base: base + start, element: element, isConstant: isConstant), region: region,
      axes: axes)
  }

  /// Makes storage of a whole tensor that holds `values`, row-major.
  public convenience init(
    _ values: [UInt8], of type: TensorType, isConstant: Bool = false, on machine: Machine = .numbers
  ) {
    let whole = Region(whole: type.shape)
    self.init(
      type.element, shape: type.shape, region: whole, isConstant: isConstant, on: machine)
    write(values, in: whole)
  }

  deinit { memory.deallocate() }

  /// Sets every byte, guards as well.
  public func poison(with byte: UInt8) {
    memory.initializeMemory(as: UInt8.self, repeating: byte)
  }

  /// Sets every byte to a random one, guards as well.
  public func poison(using generator: inout SplitMix64) {
    for offset in stride(from: 0, to: memory.count, by: 8) {
      withUnsafeBytes(of: generator.next()) { word in
        for index in 0..<min(8, memory.count - offset) { memory[offset + index] = word[index] }
      }
    }
  }

  /// Copies the elements of `region` from the whole tensor's `values`, row-major.
  public func write(_ values: [UInt8], in region: Region) {
    forEachElement(in: region) { offset, index in
      for byte in 0..<width {
        memory[start + offset * width + byte] = values[index * width + byte]
      }
    }
  }

  /// The elements of `region`, row-major.
  public func bytes(of region: Region) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(region.count * width)
    forEachElement(in: region) { offset, _ in
      for byte in 0..<width { bytes.append(memory[start + offset * width + byte]) }
    }
    return bytes
  }

  /// Every byte, guards as well.
  public var allBytes: [UInt8] { Array(memory) }

  /// Whether no byte outside `region` differs from `before`, which `allBytes` gave.
  public func isUntouched(outside region: Region, since before: [UInt8]) -> Bool {
    var (before, now) = (before, allBytes)
    forEachElement(in: region) { offset, _ in
      for byte in 0..<width {
        before[start + offset * width + byte] = 0
        now[start + offset * width + byte] = 0
      }
    }
    return before == now
  }

  /// Calls `body` with the offset in storage and the row-major index of each element of `region`.
  private func forEachElement(in region: Region, _ body: (_ offset: Int, _ index: Int) -> Void) {
    let strides = shape.strides
    let last = region.rank - 1
    region.forEachRow { start in
      guard last >= 0 else { return body(0, 0) }
      var (offset, index) = (0, 0)
      for axis in 0..<last {
        offset += view.axes[axis].offset(start[axis])
        index += start[axis] * strides[axis]
      }
      for coordinate in region[last] {
        body(offset + view.axes[last].offset(coordinate), index + coordinate)
      }
    }
  }
}
