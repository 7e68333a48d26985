package import Tensor

/// The machine's own arithmetic on elements; what types they have is said by the functions.
package struct Numbers: Arithmetic {
  /// Makes the arithmetic.
  package init() {}

  @inline(__always)
  package static var cellSizeInBytes: Int { 1 }

  @inline(__always)
  package func copy(_ source: ElementPlace, to target: ElementPlace) {
    switch target.cells.width {
    case 1: target.store(source.load(as: Int8.self))
    case 2: target.store(source.load(as: Int16.self))
    case 4: target.store(source.load(as: Int32.self))
    default: target.store(source.load(as: Int64.self))
    }
  }

  @inline(__always)
  package func choose(
    _ index: ElementPlace, of count: Int, _ candidate: (Int) -> ElementPlace,
    to target: ElementPlace
  ) {
    let number =
      switch index.cells.width {
      case 1: Int(index.load(as: Int8.self))
      case 2: Int(index.load(as: Int16.self))
      case 4: Int(index.load(as: Int32.self))
      default: Int(index.load(as: Int64.self))
      }
    copy(candidate(min(max(number, 0), count &- 1)), to: target)
  }

  @inline(__always)
  package func apply<Function: UnaryFunction>(
    _ function: Function, _ x: ElementPlace, to target: ElementPlace
  ) {
    target.store(function(x.load(as: Function.Input.self)))
  }

  @inline(__always)
  package func apply<Function: BinaryFunction>(
    _ function: Function, _ x: ElementPlace, _ y: ElementPlace, to target: ElementPlace
  ) {
    target.store(function(x.load(as: Function.Input.self), y.load(as: Function.Input.self)))
  }

  @inline(__always)
  package func fold<Function: FoldFunction>(
    _ function: Function, count: Int, _ element: (Int) -> ElementPlace, to target: ElementPlace
  ) {
    var state = function.begin(element(0).load(as: Function.Input.self))
    var index = 1
    while index < count {
      state = function.extend(state, by: element(index).load(as: Function.Input.self))
      index &+= 1
    }
    target.store(function.finish(state))
  }

  @inline(__always)
  package func apply<Function: RowFunction>(
    _ function: Function, count: Int, _ source: ElementRow, to target: ElementRow,
    at coordinates: Range<Int>
  ) {
    withUnsafeTemporaryAllocation(of: Function.Input.self, capacity: count) { row in
      withUnsafeTemporaryAllocation(of: Function.Output.self, capacity: count) { results in
        for index in 0..<count {
          row.initializeElement(at: index, to: source[index].load(as: Function.Input.self))
        }
        function(row, into: results)
        for index in coordinates { target[index].store(results[index]) }
      }
    }
  }

  package func apply<Function: TensorFunction>(
    _ function: Function, _ operands: [TensorView], to target: TensorView, in region: Region
  ) {
    let results = function(operands)
    target.forEachElement(of: region, in: function.shape) { index, place in
      place.store(results[index])
    }
  }
}
