internal import Tensor

/// A function of two operands, element by element, with broadcasting.
struct BinaryKernel<Function: BinaryFunction>: ElementKernel {
  private let function: Function
  private let access: Access

  /// Applies `function` to the pairs that the tiling rule `access` states.
  init(_ function: Function, _ access: Access) {
    self.function = function
    self.access = access
  }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    call.region.forEachRow { start in
      let left = access.row(of: 0, call, at: start)
      let right = access.row(of: 1, call, at: start)
      let target = output.row(at: start)
      for coordinate in call.region.row {
        arithmetic.apply(function, left[coordinate], right[coordinate], to: target[coordinate])
      }
    }
  }
}

/// The same of words of 16 bits and codes of 8, which are widened first.
struct WidenedPairKernel: ElementKernel {
  private let function: PairMap<Int16, Int16>
  private let access: Access

  init(_ function: PairMap<Int16, Int16>, _ access: Access) {
    self.function = function
    self.access = access
  }

  func valueCount(of region: Region) -> Int { 2 * region.count }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    arithmetic.withScratch(.int16, count: 1) { word in
      call.region.forEachRow { start in
        let left = access.row(of: 0, call, at: start)
        let right = access.row(of: 1, call, at: start)
        let target = output.row(at: start)
        for coordinate in call.region.row {
          arithmetic.apply(Widening(), right[coordinate], to: word[0])
          arithmetic.apply(function, left[coordinate], word[0], to: target[coordinate])
        }
      }
    }
  }
}

private struct Widening: UnaryFunction {
  var variant: Int { 1 }

  func addParameters(to hash: inout SipHash) {}

  @inline(__always)
  func callAsFunction(_ x: Int8) -> Int16 { Int16(x) }
}

extension Access {
  /// The elements of an operand that the output row at `start` reads; the same one for every
  /// coordinate where the operand's last axis is broadcast.
  @inline(__always)
  fileprivate func row(of operand: Int, _ call: KernelCall, at start: [Int]) -> ElementRow {
    let view = call.input(operand)
    var offset = 0
    var last = AxisMap(low: 0, capacity: 1, isRing: false, stride: 0)
    for (axis, entry) in operands[operand].enumerated() {
      switch entry.outputAxis {
      case nil: offset &+= view.axes[axis].offset(0)
      case outputRank - 1: last = view.axes[axis]
      case .some(let outputAxis): offset &+= view.axes[axis].offset(start[outputAxis])
      }
    }
    return ElementRow(cells: view.cells, start: offset, axis: last)
  }
}
