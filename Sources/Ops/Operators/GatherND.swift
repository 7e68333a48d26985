package import Tensor

/// GATHER_ND: slices of a tensor, each chosen by a row of indices, one for each of the first axes.
///
/// Operand 0 holds the slices, operand 1 the indices (int16, int32, int64), the last axis of which is a row. Any
/// type of element. An index of a run that is out of range counts as the nearest one in range, where the reference
/// implementations stop.
package struct GatherND: Operator {
  package static let builtins = [
    Builtin("GATHER_ND", 107, options: 83, versions: [.int16: 3, .bool: 5])
  ]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func version(_ signature: Signature) -> Int {
    max(
      signature.input(1).element == .int16 ? 4 : 1, builtin.version(for: signature.input(0).element)
    )
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    let (source, indices) = (signature.input(0).shape, signature.input(1))
    let depth = indices.shape.extents.last ?? 0
    guard (1...max(source.rank, 1)).contains(depth), source.rank > 0, source.count > 0 else {
      throw OperatorError(
        .invalid, .operand(1), expected: "rows of 1 to \(source.rank) indices of axes, none empty",
        found: "\(indices.shape)")
    }
    try signature.requireIndices(operand: 1, below: .max)
    if let stated = signature.constant(1)?.indices(of: indices.element) {
      for (place, index) in stated.enumerated() where index >= source[place % depth] {
        throw OperatorError(
          .invalid, .operand(1), expected: "indices of \(source)", found: "\(index)")
      }
    }
    try signature.requireSameElement()
    try signature.requireOutput(
      shape: Array(indices.shape.extents.dropLast()) + source.extents[depth...])
  }

  /// TensorFlow Lite Micro gathers floats and int8 alone, by at most five indices of 32 bits.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile == .tflm
      ? [.int8, .float32].contains(signature.input(0).element)
        && signature.input(1).element == .int32 && depth(signature) <= 5
      : [ElementType].gathered.contains(signature.input(0).element)
  }

  /// How many indices a row has.
  private func depth(_ signature: Signature) -> Int {
    let shape = signature.input(1).shape
    return shape[shape.rank - 1]
  }

  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    guard operand == 1, signature.constant(1) == nil else { return nil }
    return Self.indices(
      signature.input(1), of: signature.input(0).shape, using: &generator)
  }

  private static func indices(
    _ type: TensorType, of source: Shape, using generator: inout SplitMix64
  ) -> Bytes {
    let depth = type.shape[type.shape.rank - 1]
    return .integers(
      (0..<type.shape.count).map { Int.random(in: 0..<source[$0 % depth], using: &generator) },
      of: type.element)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let (depth, kept) = (depth(signature), signature.input(1).shape.rank - 1)
    let source = (0..<signature.input(0).shape.rank).map { own -> AxisAccess in
      own < depth ? .whole : .window(axis: kept + own - depth)
    }
    return Access(
      [source, (0..<kept).map { .window(axis: $0) } + [.whole]], signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(arrays: [4 + 4 * signature.outputs[0].shape.rank])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let extents = Array(signature.input(0).shape.extents[..<depth(signature)])
    let kept = signature.input(1).shape.rank - 1
    return switch signature.input(1).element {
    case .int16: SpecializedKernel(RowIndexKernel<Int16>(extents: extents, kept: kept))
    case .int64: SpecializedKernel(RowIndexKernel<Int64>(extents: extents, kept: kept))
    default: SpecializedKernel(RowIndexKernel<Int32>(extents: extents, kept: kept))
    }
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let source = inputs[0], let indices = inputs[1] else {
      preconditionFailure("there are slices and indices")
    }
    let (depth, kept, output) = (
      depth(signature), indices.shape.rank - 1, signature.outputs[0].shape
    )
    return [
      RealTensor(
        output,
        (0..<output.count).map { index in
          let place = output.coordinate(at: index)
          let origin = (0..<depth).map { axis -> Int in
            let index = indices.values[indices.shape.index(of: place[..<kept] + [axis])]
            // What is out of range need not fit an integer.
            return Int(min(max(index, 0), Double(source.shape[axis] - 1)))
          }
          return source.values[source.shape.index(of: origin + place[kept...])]
        })
    ]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    let type = TensorType.random(.moved, axes: 1...4, extents: 1...4, using: &generator)
    var example = drawn(reading: type, using: &generator)
    if example.signature.constant(1) == nil, Int.random(in: 0..<4, using: &generator) == 0 {
      example.signature.inputs[0] = .randomConstant(type, using: &generator)
    }
    return example
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let source = type.shape.extents
    guard (1...4).contains(source.count), type.shape.count > 0 else { return nil }
    let depth = Int.random(in: 1...source.count, using: &generator)
    let rows = Shape.random(axes: 0...2, extents: 1...4, using: &generator).extents
    let element: ElementType =
      [.int32, .int32, .int32, .int64, .int16].randomElement(using: &generator) ?? .int32
    let indices = TensorType(element, Shape(checking: rows + [depth]) ?? Shape(depth))
    let isConstant = Int.random(in: 0..<4, using: &generator) == 0
    let stated = self.indices(indices, of: type.shape, using: &generator)
    var output = type
    output.shape = Shape(checking: rows + source[depth...]) ?? Shape()
    return Example(
      GatherND(),
      Signature(
        inputs: [Operand(type), Operand(indices, constant: isConstant ? stated : nil)],
        outputs: [output]))
  }
}

private struct RowIndexKernel<Index: FixedWidthInteger & Stored>: ElementKernel {
  /// The extents of the axes that are indexed.
  let extents: [Int]
  /// How many axes of the result come from the indices.
  let kept: Int

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let (source, indices) = (call.input(0), call.input(1))
    let lasts = extents.map { Int64($0) - 1 }
    let inRange = lasts.map { last in
      ElementMap<Index, Int64>([UInt64(last)]) { min(max(Int64($0), 0), last) }
    }
    let combined = lasts.map { last in
      PairMap<Int64, Int64>([UInt64(last)]) { $0 &* (last + 1) &+ $1 }
    }
    let count = extents.reduce(1, *)
    arithmetic.withScratch(.int64, count: 2) { scratch in
      call.region.forEachRow { start in
        let target = output.row(at: start)
        var place = start
        for coordinate in call.region.row {
          if !place.isEmpty { place[place.count - 1] = coordinate }
          let row = indices.row(at: Array(place[..<kept]) + [0], along: kept)
          for axis in extents.indices {
            arithmetic.apply(inRange[axis], row[axis], to: scratch[axis == 0 ? 0 : 1])
            if axis == 0 { continue }
            arithmetic.apply(combined[axis], scratch[0], scratch[1], to: scratch[0])
          }
          let slice = place[kept...]
          arithmetic.choose(
            scratch[0], of: count, { source.cells[source.offset(of: origin(of: $0) + slice)] },
            to: target[coordinate])
        }
      }
    }
  }

  /// The coordinates of the axes that are indexed, by their row-major index.
  private func origin(of index: Int) -> [Int] {
    var (rest, origin) = (index, extents)
    for axis in extents.indices.reversed() {
      (rest, origin[axis]) = rest.quotientAndRemainder(dividingBy: extents[axis])
    }
    return origin
  }

  func valueCount(of region: Region) -> Int { 2 * extents.count * region.count }
}
