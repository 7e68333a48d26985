package import Tensor

/// BATCH_MATMUL: products of matrices, which are the last two axes; the axes before are broadcast.
///
/// int8, int16, float32, or int16 times int8; either matrix may be stored transposed, and computed.
package struct BatchMatMul: Operator {
  package static let builtins = [
    Builtin("BATCH_MATMUL", 126, options: 101, versions: [.int8: 2, .int16: 3])
  ]
  package static let countsMACs = true

  /// Whether the columns of operand 0 are stored as its rows.
  package let transposesLeft: Bool
  /// Whether the columns of operand 1 are stored as its rows.
  package let transposesRight: Bool

  init(transposesLeft: Bool, transposesRight: Bool) {
    self.transposesLeft = transposesLeft
    self.transposesRight = transposesRight
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(
      transposesLeft: try options.bool(0, default: false),
      transposesRight: try options.bool(1, default: false))
  }

  package var options: OptionValues {
    OptionValues([0: .bool(transposesLeft), 1: .bool(transposesRight)])
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    try signature.requireElement(operand: 0, [.int8, .int16, .float32])
    let element = signature.input(0).element
    try signature.requireElement(operand: 1, element == .int16 ? [.int16, .int8] : [element])
    try signature.requireElement(output: 0, [element])
    for index in 0...1 where !(2...5).contains(signature.input(index).shape.rank) {
      throw OperatorError(
        .unsupported, .operand(index), expected: "2 to 5 axes",
        found: "\(signature.input(index).shape)")
    }
    let (left, right) = (signature.input(0).shape, signature.input(1).shape)
    let matrices = Matrices(self, signature)
    guard left[matrices.leftDepth] == right[matrices.rightDepth], left[matrices.leftDepth] > 0,
      let batches = Broadcasting.extents(left.batches, right.batches)
    else {
      throw OperatorError(
        .invalid, .operand(1), expected: "matrices that multiply with \(left)", found: "\(right)")
    }
    try signature.requireOutput(
      shape: batches + [left[matrices.leftRows], right[matrices.rightColumns]])
    guard let factor = factor(signature, .litert) else { return }
    guard factor < (element == .int16 ? 0x1p6 : 0x1p29) else {
      throw OperatorError(
        .invalid, .output(0),
        expected: "product of scales / output scale below 2^29, or 2^6 of int16",
        found: "\(factor)")
    }
    if element == .int16 {
      try signature.requireCentered(.int16)
      try signature.requireCentered(.int8)
    }
  }

  /// The scale of sums in steps of the result.
  ///
  /// Source: TensorFlow Lite, `GetQuantizedConvolutionMultipler`.
  private func factor(_ signature: Signature, _ profile: Profile) -> Double? {
    signature.pairScales.map { scales in
      profile.multipliesScalesInSingle
        ? Double(Float(scales.left) * Float(scales.right)) / scales.output
        : scales.left * scales.right / scales.output
    }
  }

  /// One multiplies no int16 by int8.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm || signature.input(0).element == signature.input(1).element
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let (left, right) = (signature.input(0).shape, signature.input(1).shape)
    let (matrices, rank) = (Matrices(self, signature), signature.outputs[0].shape.rank)
    func batches(_ shape: Shape) -> [AxisAccess] {
      (0..<shape.rank - 2).map { axis in
        let outputAxis = axis + rank - shape.rank
        return shape[axis] == 1 && signature.outputs[0].shape[outputAxis] != 1
          ? .fixed(0) : .window(axis: outputAxis)
      }
    }
    var (first, second) = (
      batches(left) + [.reduced, .reduced], batches(right) + [.reduced, .reduced]
    )
    first[matrices.leftRows] = .window(axis: rank - 2)
    second[matrices.rightColumns] = .window(axis: rank - 1)
    return Access([first, second], signature: signature)
  }

  /// What is transposed has a place of its own, and so has the shape of the result.
  package func microMemory(_ signature: Signature) -> MicroMemory {
    var arrays = signature.input(0).element == .float32 ? [] : [28]
    for (index, isCopied) in [(0, transposesLeft), (1, !transposesRight)] where isCopied {
      let type = signature.input(index)
      arrays += [12, 4 + 4 * type.shape.rank, type.sizeInBytes]
    }
    arrays.append(4 + 4 * signature.outputs[0].shape.rank)
    return MicroMemory(attributes: 3, data: 16, wideData: 32, arrays: arrays)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let matrices = Matrices(self, signature)
    let access = access(signature, output: 0)
    switch (signature.input(0).element, signature.input(1).element) {
    case (.float32, _):
      return SpecializedSummingKernel(
        MatrixProductKernel(access, matrices, signature, FloatSumResult()))
    case (.int8, _):
      let result = ScaledSum<Int8, Int8, Int32>(signature, factor(signature, profile))
      return SpecializedSummingKernel(MatrixProductKernel(access, matrices, signature, result))
    case (_, .int8):
      let result = ScaledSum<Int16, Int8, Int64>(signature, factor(signature, profile))
      return SpecializedSummingKernel(MatrixProductKernel(access, matrices, signature, result))
    default:
      let result = ScaledSum<Int16, Int16, Int64>(signature, factor(signature, profile))
      return SpecializedSummingKernel(MatrixProductKernel(access, matrices, signature, result))
    }
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let left = inputs[0], let right = inputs[1] else { preconditionFailure("two operands") }
    let (matrices, output) = (Matrices(self, signature), signature.outputs[0].shape)
    let (rows, inner, columns) = (
      left.shape[matrices.leftRows], left.shape[matrices.leftDepth],
      right.shape[matrices.rightColumns]
    )
    let batches = output.batches
    var values: [Double] = []
    for index in 0..<batches.count {
      let batch = batches.coordinate(at: index)
      values += products.multiply(
        Self.matrix(left, batch, isTransposed: transposesLeft),
        Self.matrix(right, batch, isTransposed: transposesRight), rows: rows, inner: inner,
        columns: columns)
    }
    return [RealTensor(output, values)]
  }

  /// The matrix of a batch, row-major.
  private static func matrix(
    _ tensor: RealTensor, _ batch: [Int], isTransposed: Bool
  ) -> [Double] {
    let rank = tensor.shape.rank
    let own = zip(batch.suffix(rank - 2), tensor.shape.extents).map { $1 == 1 ? 0 : $0 }
    let (rows, columns) = (tensor.shape[rank - 2], tensor.shape[rank - 1])
    let start = tensor.shape.index(of: own + [0, 0])
    if !isTransposed { return Array(tensor.values[start..<start + rows * columns]) }
    return (0..<rows * columns).map { tensor.values[start + $0 % rows * columns + $0 / rows] }
  }

  /// As of other sums of products; the product of scales is off by 2^-24 of its value.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let terms = signature.input(0).shape[Matrices(self, signature).leftDepth]
    let bound = signature.productErrorBound(inputs, terms: terms)
    return signature.pairScales == nil ? bound : bound + 0x1p-8
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int8, .int16, .float32], axes: 2...4, extents: 1...5, centered: .int16,
        using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard (2...4).contains(type.shape.rank), type.shape.count > 0 else { return nil }
    let operation = BatchMatMul(
      transposesLeft: Bool.random(using: &generator),
      transposesRight: Bool.random(using: &generator))
    let isLeft = Bool.random(using: &generator)
    let extents = type.shape.extents
    var batches = Array(extents.dropLast(2))
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: batches = batches.map { $0 == 1 ? Int.random(in: 1...3, using: &generator) : $0 }
    case 1:
      batches = batches.map { Bool.random(using: &generator) ? 1 : $0 }
      batches.removeFirst(Int.random(in: 0...batches.count, using: &generator))
    default: break
    }
    let isTransposed = isLeft ? operation.transposesLeft : operation.transposesRight
    // Of the left operand the columns are summed, of the right one the rows.
    let depth = extents[extents.count - (isLeft != isTransposed ? 1 : 2)]
    let kept = extents[extents.count - (isLeft != isTransposed ? 2 : 1)]
    let added = Int.random(in: 1...5, using: &generator)
    let otherIsTransposed = isLeft ? operation.transposesRight : operation.transposesLeft
    let matrix = isLeft != otherIsTransposed ? [depth, added] : [added, depth]
    let isMixed = type.element == .int16 && isLeft && Int.random(in: 0..<4, using: &generator) == 0
    var other = TensorType.random(
      [isMixed ? .int8 : type.element], Shape(checking: batches + matrix) ?? Shape(1, 1),
      centered: isMixed ? .int8 : .int16, using: &generator)
    if type.quantization == nil { other.quantization = nil }
    let operand =
      Int.random(in: 0..<3, using: &generator) == 0
      ? Operand.randomConstant(other, using: &generator) : Operand(other)
    guard
      let shape = Broadcasting.extents(type.shape.batches, other.shape.batches).flatMap({
        Shape(checking: $0 + (isLeft ? [kept, added] : [added, kept]))
      })
    else { return nil }
    let product = (type.quantization?.scales[0] ?? 1) * (other.quantization?.scales[0] ?? 1)
    let output = TensorType.random(
      [type.element], shape, near: product * (type.element == .int16 ? 0x1p14 : 0x1p7),
      centered: .int16, using: &generator)
    return Example(
      operation,
      Signature(
        inputs: isLeft ? [Operand(type), operand] : [operand, Operand(type)], outputs: [output]))
  }
}

extension Shape {
  /// The axes before the last two.
  fileprivate var batches: Shape { Shape(checking: Array(extents.dropLast(2))) ?? Shape() }
}

/// Which axes the matrices have.
private struct Matrices: Sendable {
  let leftRows: Int
  let leftDepth: Int
  let rightDepth: Int
  let rightColumns: Int

  init(_ operation: BatchMatMul, _ signature: Signature) {
    let (left, right) = (signature.input(0).shape.rank, signature.input(1).shape.rank)
    leftRows = operation.transposesLeft ? left - 1 : left - 2
    leftDepth = operation.transposesLeft ? left - 2 : left - 1
    rightDepth = operation.transposesRight ? right - 1 : right - 2
    rightColumns = operation.transposesRight ? right - 2 : right - 1
  }
}

/// Sums of products of two operands.
private struct MatrixProductKernel<Result: SumFunction>: SummingKernel {
  typealias Terms = Result.Terms

  private let access: Access
  private let matrices: Matrices
  private let zeroPoints: (left: Int32, right: Int32)
  private let result: Result

  init(_ access: Access, _ matrices: Matrices, _ signature: Signature, _ result: Result) {
    self.access = access
    self.matrices = matrices
    zeroPoints = (signature.input(0).zeroPoint, signature.input(1).zeroPoint)
    self.result = result
  }

  @inline(__always)
  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) where A.Terms == Terms {
    let (left, right) = (call.input(0), call.input(1))
    let (leftAxis, rightAxis) = (left.axes[matrices.leftDepth], right.axes[matrices.rightDepth])
    let columns = right.axes[matrices.rightColumns]
    let depths = call.reduce[matrices.leftDepth]
    call.region.forEachRow { start in
      let target = sums.row(at: start)
      var (leftStart, rightStart, isCounted) = (0, 0, true)
      for (axis, entry) in access.operands[0].enumerated() where axis != matrices.leftDepth {
        let coordinate = entry.outputAxis.map { start[$0] } ?? 0
        isCounted = isCounted && call.reduce[axis].contains(coordinate)
        leftStart &+= left.axes[axis].offset(coordinate)
      }
      for (axis, entry) in access.operands[1].enumerated()
      where axis != matrices.rightDepth && axis != matrices.rightColumns {
        rightStart &+= right.axes[axis].offset(entry.outputAxis.map { start[$0] } ?? 0)
      }
      for column in call.region.row {
        let columnStart = rightStart &+ columns.offset(column)
        var sum = fresh ? arithmetic.zero(of: column) : arithmetic.load(target[column])
        if isCounted {
          for depth in depths {
            sum = arithmetic.add(
              left.cells[leftStart &+ leftAxis.offset(depth)], minus: zeroPoints.left,
              times: right.cells[columnStart &+ rightAxis.offset(depth)], minus: zeroPoints.right,
              to: sum)
          }
        }
        arithmetic.store(sum, to: target[column])
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

/// Codes of sums of products of codes.
private struct ScaledSum<Code, Weight, Sum>: SumFunction
where Code: FixedWidthInteger & Stored, Weight: FixedWidthInteger & Stored, Sum: ProductSum {
  typealias Terms = IntegerTerms<Code, Weight, Sum>

  let factor: ScaleFactor
  let zeroPoint: Int32
  let codes: ClosedRange<Int32>

  init(_ signature: Signature, _ factor: Double?) {
    guard let factor, let codes = signature.outputs[0].element.codes else {
      preconditionFailure("codes have scales")
    }
    self.factor = ScaleFactor(factor, .twice)
    self.codes = codes
    zeroPoint = signature.outputs[0].zeroPoint
  }

  func addParameters(of channel: Int, to hash: inout SipHash) {
    hash.add(factor)
    hash.add(zeroPoint)
    hash.add(codes)
  }

  @inline(__always)
  func callAsFunction(_ sum: Sum, channel: Int) -> Code {
    Code(truncatingIfNeeded: codes.clamp(sum.scaled(by: factor) &+ zeroPoint))
  }
}

/// Sums of products of floats, as they are.
private struct FloatSumResult: SumFunction {
  typealias Terms = FloatTerms

  func addParameters(of channel: Int, to hash: inout SipHash) {}

  @inline(__always)
  func callAsFunction(_ sum: Float, channel: Int) -> Float { sum }
}
