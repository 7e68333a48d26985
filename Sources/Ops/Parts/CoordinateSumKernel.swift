internal import Tensor

/// Copies elements from coordinates that depend on several axes of the result: along each axis of the
/// operand a sum of functions, one of each of these axes.
///
/// What comes from outside the operand is padding.
struct CoordinateSumKernel: ElementKernel {
  /// What one axis of the result adds.
  struct Term: Sendable {
    /// The axis of the result.
    let axis: Int
    /// By its coordinate, what is added.
    let table: [Int]

    /// Tabulates a function of the coordinates of `axis`, of which there are `count`.
    init(_ axis: Int, count: Int, _ function: (Int) -> Int) {
      self.axis = axis
      table = (0..<count).map(function)
    }
  }

  /// By axis of the operand, the terms that its coordinate is the sum of.
  private let terms: [[Term]]
  /// The shape of the operand.
  private let shape: Shape
  /// An element that fills what the operand does not; absent where it fills all.
  private let padding: Operand?

  init(_ terms: [[Term]], shape: Shape, padding: Operand? = nil) {
    self.terms = terms
    self.shape = shape
    self.padding = padding
  }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let (input, last) = (call.input(0), call.region.rank - 1)
    let constant = padding?.constant
    withExtendedLifetime(constant) {
      let fill = constant.flatMap { constant in
        padding.map { TensorView(constant: constant, type: $0.type).cells[0] }
      }
      call.region.forEachRow { start in
        let target = output.row(at: start)
        for coordinate in call.region.row {
          var (offset, isInside) = (0, true)
          for axis in terms.indices {
            var origin = 0
            for term in terms[axis] {
              origin &+= term.table[term.axis == last ? coordinate : start[term.axis]]
            }
            isInside = isInside && origin >= 0 && origin < shape[axis]
            offset &+= isInside ? input.axes[axis].offset(origin) : 0
          }
          if isInside {
            arithmetic.copy(input.cells[offset], to: target[coordinate])
          } else if let fill {
            arithmetic.copy(fill, to: target[coordinate])
          }
        }
      }
    }
  }
}
