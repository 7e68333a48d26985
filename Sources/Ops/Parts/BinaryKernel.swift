internal import Tensor

/// The pairs of elements that a broadcast operator on two operands combines.
///
/// A kernel holds one and a function of its own; being no generic type, it is specialized.
struct BinaryPairs {
  private let access: Access

  init(_ access: Access) { self.access = access }

  /// Writes `function` of each pair to the tile.
  @inline(__always)
  func apply<A: Arithmetic>(
    _ function: some BinaryFunction, _ call: KernelCall, into output: TensorView, in arithmetic: A
  ) {
    let (left, right) = (call.input(0), call.input(1))
    let (leftLast, rightLast) = (lastAxis(of: 0, in: left), lastAxis(of: 1, in: right))
    call.region.forEachRow { start in
      let leftStart = rowStart(of: 0, in: left, at: start)
      let rightStart = rowStart(of: 1, in: right, at: start)
      let outputStart = output.rowStart(start)
      // A scalar has one row, of one element, and no last axis.
      for coordinate in call.region.ranges.last ?? 0..<1 {
        let result = arithmetic.apply(
          function,
          arithmetic.load(left.cells, leftStart &+ (leftLast?.offset(coordinate) ?? 0)),
          arithmetic.load(right.cells, rightStart &+ (rightLast?.offset(coordinate) ?? 0)))
        arithmetic.store(
          result, output.cells, outputStart &+ (output.axes.last?.offset(coordinate) ?? 0))
      }
    }
  }

  /// The operand's last axis, if it follows the last axis of the output.
  private func lastAxis(of operand: Int, in view: TensorView) -> AxisMap? {
    access.operands[operand].last?.outputAxis == access.outputRank - 1 ? view.axes.last : nil
  }

  /// The offset of the row of `operand` that the output row at `start` reads, but for the last
  /// output axis.
  private func rowStart(of operand: Int, in view: TensorView, at start: [Int]) -> Int {
    var offset = 0
    for (axis, access) in access.operands[operand].enumerated() {
      guard let outputAxis = access.outputAxis else {
        offset &+= view.axes[axis].offset(0)
        continue
      }
      if outputAxis < self.access.outputRank - 1 {
        offset &+= view.axes[axis].offset(start[outputAxis])
      }
    }
    return offset
  }
}
