internal import Tensor

/// The machine's own arithmetic on elements, under the eyes of a trace.
struct TracedNumbers: Arithmetic {
  private let trace: Trace
  private let numbers = Numbers()

  init(_ trace: Trace) { self.trace = trace }

  @inline(__always)
  static var cellSizeInBytes: Int { Numbers.cellSizeInBytes }

  func withScratch(_ element: ElementType, count: Int, _ body: (Cells) -> Void) {
    numbers.withScratch(element, count: count) { cells in
      let region = Region([0..<count])
      let view = TensorView(cells: cells, region: region, axes: AxisMap.rowMajor(region))
      trace.lend(view) { body(cells) }
    }
  }

  @inline(__always)
  func copy(_ source: ElementPlace, to target: ElementPlace) {
    trace.read(source, target.cells.width)
    trace.write(target, target.cells.width)
    numbers.copy(source, to: target)
  }

  @inline(__always)
  func choose(
    _ index: ElementPlace, of count: Int, _ candidate: (Int) -> ElementPlace,
    to target: ElementPlace
  ) {
    let width = target.cells.width
    trace.read(index, index.cells.width)
    numbers.choose(index, of: count, { traced(candidate($0), width) }, to: target)
    trace.write(target, width)
  }

  @inline(__always)
  func apply<Function: UnaryFunction>(
    _ function: Function, _ x: ElementPlace, to target: ElementPlace
  ) {
    trace.read(x, MemoryLayout<Function.Input>.size)
    trace.write(target, MemoryLayout<Function.Output>.size)
    numbers.apply(function, x, to: target)
  }

  @inline(__always)
  func apply<Function: BinaryFunction>(
    _ function: Function, _ x: ElementPlace, _ y: ElementPlace, to target: ElementPlace
  ) {
    trace.read(x, MemoryLayout<Function.Input>.size)
    trace.read(y, MemoryLayout<Function.Input>.size)
    trace.write(target, MemoryLayout<Function.Output>.size)
    numbers.apply(function, x, y, to: target)
  }

  @inline(__always)
  func fold<Function: FoldFunction>(
    _ function: Function, count: Int, _ element: (Int) -> ElementPlace, to target: ElementPlace
  ) {
    let width = MemoryLayout<Function.Input>.size
    numbers.fold(function, count: count, { traced(element($0), width) }, to: target)
    trace.write(target, MemoryLayout<Function.Output>.size)
  }

  @inline(__always)
  func apply<Function: RowFunction>(
    _ function: Function, count: Int, _ source: ElementRow, to target: ElementRow,
    at coordinates: Range<Int>
  ) {
    for index in 0..<count { trace.read(source[index], MemoryLayout<Function.Input>.size) }
    for index in coordinates { trace.write(target[index], MemoryLayout<Function.Output>.size) }
    numbers.apply(function, count: count, source, to: target, at: coordinates)
  }

  func apply<Function: TensorFunction>(
    _ function: Function, _ operands: [TensorView], to target: TensorView, in region: Region
  ) {
    for operand in operands {
      operand.forEachElement(of: operand.region) { trace.read($0, operand.cells.width) }
    }
    target.forEachElement(of: region) { trace.write($0, MemoryLayout<Function.Output>.size) }
    numbers.apply(function, operands, to: target, in: region)
  }

  /// A place that is about to be read.
  @inline(__always)
  private func traced(_ place: ElementPlace, _ width: Int) -> ElementPlace {
    trace.read(place, width)
    return place
  }
}
