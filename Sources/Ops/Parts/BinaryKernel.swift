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
      let (left, right) = (row(of: 0, call, start), row(of: 1, call, start))
      let target = output.row(at: start)
      for coordinate in call.region.row {
        arithmetic.apply(function, left[coordinate], right[coordinate], to: target[coordinate])
      }
    }
  }

  /// The elements of an operand that the output row at `start` reads; the same one for every
  /// coordinate where the operand's last axis is broadcast.
  private func row(of operand: Int, _ call: KernelCall, _ start: [Int]) -> ElementRow {
    let view = call.input(operand)
    var offset = 0
    var last = AxisMap(low: 0, capacity: 1, isRing: false, stride: 0)
    for (axis, entry) in access.operands[operand].enumerated() {
      switch entry.outputAxis {
      case nil: offset &+= view.axes[axis].offset(0)
      case access.outputRank - 1: last = view.axes[axis]
      case .some(let outputAxis): offset &+= view.axes[axis].offset(start[outputAxis])
      }
    }
    return ElementRow(cells: view.cells, start: offset, axis: last)
  }
}
