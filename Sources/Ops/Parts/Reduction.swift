internal import Tensor

/// Which axes an operator sums over, and where the others go.
struct Reduction: Sendable {
  /// The axes of operand 0 that are summed, ascending.
  let reducedAxes: [Int]
  /// The other axes of operand 0, ascending, each with the axis of the result that it becomes.
  let keptAxes: [(axis: Int, outputAxis: Int)]
  /// The extents of the result.
  let outputExtents: [Int]
  /// The extents of the axes that are summed.
  let reducedExtents: [Int]
  /// How many elements each sum has.
  let count: Int

  /// Takes the axes, of which those below 0 are counted from the end, from constant operand 1.
  init(_ signature: Signature, keepsAxes: Bool) {
    let input = signature.input(0).shape
    let stated = signature.constant(1)?.integers(of: signature.input(1).element) ?? []
    let reduced = Set(stated.map { $0 < 0 ? $0 + input.rank : $0 })
    reducedAxes = reduced.sorted()
    let kept = (0..<input.rank).filter { !reduced.contains($0) }
    keptAxes = kept.enumerated().map { (axis: $1, outputAxis: keepsAxes ? $1 : $0) }
    outputExtents =
      keepsAxes
      ? (0..<input.rank).map { reduced.contains($0) ? 1 : input[$0] } : kept.map { input[$0] }
    reducedExtents = reducedAxes.map { input[$0] }
    count = reducedExtents.reduce(1, *)
  }

  /// Throws unless operand 1 states axes of operand 0, which is not empty.
  static func check(_ signature: Signature, axes count: Int? = nil) throws(OperatorError) {
    let input = signature.input(0).shape
    let axes = try signature.constantIntegers(1, count: count)
    guard axes.allSatisfy({ (-input.rank..<input.rank).contains($0) }), input.count > 0 else {
      throw OperatorError(
        .invalid, .operand(1), expected: "axes of \(input), none empty", found: "\(axes)")
    }
  }

  /// The tiling rule of operand 0.
  var access: [AxisAccess] {
    var access = [AxisAccess](repeating: .reduced, count: reducedAxes.count + keptAxes.count)
    for (axis, outputAxis) in keptAxes { access[axis] = .window(axis: outputAxis) }
    return access
  }

  /// The tiling rule of operand 0 where its axes are folded, so that none may be cut.
  var foldedAccess: [AxisAccess] { access.map { $0 == .reduced ? .whole : $0 } }

  /// Calls `body` with every place of a tile of the result, and the offset in `input` that its element's kept
  /// axes make.
  @inline(__always)
  func forEachResult(
    _ call: KernelCall, of input: TensorView, into output: TensorView,
    _ body: (_ offset: Int, ElementPlace) -> Void
  ) {
    call.region.forEachRow { start in
      let target = output.row(at: start)
      var place = start
      for coordinate in call.region.row {
        if !place.isEmpty { place[place.count - 1] = coordinate }
        var offset = 0
        for (axis, outputAxis) in keptAxes {
          offset &+= input.axes[axis].offset(place[outputAxis])
        }
        body(offset, target[coordinate])
      }
    }
  }

  /// The offsets in `input` that the coordinates of the reduced axes make, row-major; without the innermost one.
  func outerOffsets(in input: TensorView) -> [Int] {
    var offsets = [0]
    for (axis, extent) in zip(reducedAxes, reducedExtents).dropLast() {
      let map = input.axes[axis]
      offsets = offsets.flatMap { start in (0..<extent).map { start &+ map.offset($0) } }
    }
    return offsets
  }
}

/// Folds elements over axes, in row-major order.
struct FoldReductionKernel<Fold: FoldFunction>: ElementKernel {
  private let reduction: Reduction
  private let fold: Fold

  init(_ reduction: Reduction, _ fold: Fold) {
    self.reduction = reduction
    self.fold = fold
  }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let input = call.input(0)
    let outer = reduction.outerOffsets(in: input)
    let innermost = reduction.reducedAxes.last.map { input.axes[$0] } ?? .single
    let extent = max(reduction.reducedExtents.last ?? 1, 1)
    reduction.forEachResult(call, of: input, into: output) { offset, target in
      arithmetic.fold(
        fold, count: reduction.count,
        { index in
          let (row, column) = (index / extent, index % extent)
          return input.cells[offset &+ outer[row] &+ innermost.offset(column)]
        }, to: target)
    }
  }
}

/// Sums over axes, in row-major order, and what they become.
struct ReductionKernel<Result: SumFunction>: SummingKernel {
  typealias Terms = Result.Terms

  private let reduction: Reduction
  private let result: Result

  init(_ reduction: Reduction, result: Result) {
    self.reduction = reduction
    self.result = result
  }

  @inline(__always)
  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) where A.Terms == Terms {
    let input = call.input(0)
    let part = Region(reduction.reducedAxes.map { call.reduce[$0] })
    let innermost = reduction.reducedAxes.last.map { input.axes[$0] } ?? .single
    call.region.forEachRow { start in
      let target = sums.row(at: start)
      var place = start
      for coordinate in call.region.row {
        if !place.isEmpty { place[place.count - 1] = coordinate }
        var (offset, isCounted) = (0, true)
        for (axis, outputAxis) in reduction.keptAxes {
          offset &+= input.axes[axis].offset(place[outputAxis])
          isCounted = isCounted && call.reduce[axis].contains(place[outputAxis])
        }
        var sum = fresh ? arithmetic.zero(of: coordinate) : arithmetic.load(target[coordinate])
        if isCounted {
          part.forEachRow { row in
            var rowOffset = offset
            for (index, axis) in reduction.reducedAxes.dropLast().enumerated() {
              rowOffset &+= input.axes[axis].offset(row[index])
            }
            for inner in part.row {
              sum = arithmetic.add(input.cells[rowOffset &+ innermost.offset(inner)], to: sum)
            }
          }
        }
        arithmetic.store(sum, to: target[coordinate])
      }
    }
  }

  @inline(__always)
  func finish<A: SumArithmetic>(
    _ call: KernelCall, sums: TensorView, into output: TensorView, in arithmetic: A
  ) where A.Terms == Terms {
    arithmetic.finish(sums, over: call.region, result, into: output)
  }
}
