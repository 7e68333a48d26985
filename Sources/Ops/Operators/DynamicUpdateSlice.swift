package import Tensor

/// DYNAMIC_UPDATE_SLICE: a tensor, a box of which is replaced by another tensor.
///
/// Operand 0 is the tensor, operand 1 what replaces the box, operand 2 where that starts, int32 or int64: moved
/// inwards where the box would not fit. Any type of element.
package struct DynamicUpdateSlice: Operator {
  package static let builtins = [
    Builtin("DYNAMIC_UPDATE_SLICE", 151, options: 0, versions: [.int16: 4])
  ]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func version(_ signature: Signature) -> Int {
    max(
      signature.input(2).element == .int64 ? 2 : 1, builtin.version(for: signature.input(0).element)
    )
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 3...3, required: 3)
    let (input, update, start) = (signature.input(0), signature.input(1), signature.input(2))
    guard (1...6).contains(input.shape.rank) else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "1 to 6 axes", found: "\(input.shape)")
    }
    guard update.element == input.element, update.quantization == input.quantization,
      update.shape.rank == input.shape.rank,
      zip(update.shape.extents, input.shape.extents).allSatisfy({ (1...max($1, 1)).contains($0) })
    else {
      throw OperatorError(
        .invalid, .operand(1), expected: "a box of \(input), quantized alike, not empty",
        found: "\(update)")
    }
    guard [.int32, .int64].contains(start.element), start.shape == Shape(input.shape.rank) else {
      throw OperatorError(
        .invalid, .operand(2), expected: "\(input.shape.rank) coordinates, int32 or int64",
        found: "\(start)")
    }
    try signature.requireSameElement()
    try signature.requireOutput(shape: input.shape.extents)
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm
      || [.int8, .int16, .int32, .float32].contains(signature.input(0).element)
  }

  /// Where the box starts, if that is known.
  private func start(_ signature: Signature) -> [Int]? {
    guard signature.constant(2) != nil else { return nil }
    let (input, update) = (signature.input(0).shape, signature.input(1).shape)
    return signature.integers(2).enumerated().map { axis, start in
      min(max(start, 0), input[axis] - update[axis])
    }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let rank = signature.input(0).shape.rank
    let start = start(signature)
    let update = (0..<rank).map { axis -> AxisAccess in
      start.map { .window(axis: axis, offset: -$0[axis]) } ?? .whole
    }
    return Access(
      [(0..<rank).map { .window(axis: $0) }, update, [.whole]], signature: signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let (input, update) = (signature.input(0).shape, signature.input(1).shape)
    let isLong = signature.input(2).element == .int64
    if let start = start(signature) {
      let box = Region(zip(start, update.extents).map { $0..<$0 + $1 })
      return isLong
        ? SpecializedKernel(KnownUpdateKernel<Int64>(box: box, start: start))
        : SpecializedKernel(KnownUpdateKernel<Int32>(box: box, start: start))
    }
    return isLong
      ? SpecializedKernel(UpdateKernel<Int64>(extents: input.extents, update: update))
      : SpecializedKernel(UpdateKernel<Int32>(extents: input.extents, update: update))
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace {
    operand == 0 ? .sameAddress : .never
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0], let update = inputs[1], let start = inputs[2] else {
      preconditionFailure("there are a tensor, an update and where it starts")
    }
    let low = start.values.enumerated().map { axis, value in
      // What is out of range need not fit an integer.
      Int(min(max(value, 0), Double(input.shape[axis] - update.shape[axis])))
    }
    return [
      RealTensor(
        input.shape,
        input.values.indices.map { index in
          let place = zip(input.shape.coordinate(at: index), low).map { $0 - $1 }
          let isInside = zip(place, update.shape.extents).allSatisfy { (0..<$1).contains($0) }
          return isInside ? update.values[update.shape.index(of: place)] : input.values[index]
        })
    ]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(.moved, axes: 1...4, extents: 1...4, using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let extents = type.shape.extents
    guard (1...4).contains(extents.count), type.shape.count > 0 else { return nil }
    var update = type
    update.shape =
      Shape(checking: extents.map { Int.random(in: 1...$0, using: &generator) }) ?? type.shape
    let element: ElementType = Bool.random(using: &generator) ? .int32 : .int64
    let isConstant = Bool.random(using: &generator)
    let stated = Bytes.integers(
      extents.map { Int.random(in: -1...$0, using: &generator) }, of: element)
    return Example(
      DynamicUpdateSlice(),
      Signature(
        inputs: [
          Operand(type), Operand(update),
          Operand(
            TensorType(element, Shape(extents.count)), constant: isConstant ? stated : nil),
        ], outputs: [type]))
  }
}

/// Copies a tensor, and an update into a box of it that is known: there the second of both is chosen.
private struct KnownUpdateKernel<Coordinate: FixedWidthInteger & Stored>: ElementKernel {
  let box: Region
  let start: [Int]

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let (input, update, stated) = (call.input(0), call.input(1), call.input(2))
    let (last, columns) = (start.count - 1, box[start.count - 1])
    let second = ElementMap<Coordinate, Int64>([]) { _ in 1 }
    arithmetic.withScratch(.int64, count: 1) { scratch in
      arithmetic.apply(second, stated.cells[stated.axes[0].offset(0)], to: scratch[0])
      call.region.forEachRow { place in
        let (source, target) = (input.row(at: place), output.row(at: place))
        let isInside = (0..<last).allSatisfy { box[$0].contains(place[$0]) }
        let origin = isInside ? zip(place, start).map { $0 - $1 } : start.map { _ in 0 }
        for coordinate in call.region.row {
          if isInside && columns.contains(coordinate) {
            let replacement = update.row(at: origin, along: last)
            arithmetic.choose(
              scratch[0], of: 2,
              { $0 == 0 ? source[coordinate] : replacement[coordinate - start[last]] },
              to: target[coordinate])
          } else {
            arithmetic.copy(source[coordinate], to: target[coordinate])
          }
        }
      }
    }
  }

  func valueCount(of region: Region) -> Int { region.count + 1 }
}

/// Where a coordinate lies in a box of `extent` of an axis of `whole` that starts at an operand: from 1 on, or 0
/// where it lies outside.
private struct PlaceInBox<Coordinate: FixedWidthInteger & Stored>: UnaryFunction {
  let coordinate: Int
  let whole: Int
  let extent: Int

  var variant: Int { coordinate + 1 }

  func addParameters(to hash: inout SipHash) {
    for parameter in [coordinate, whole, extent] { hash.add(UInt64(parameter)) }
  }

  @inline(__always)
  func callAsFunction(_ start: Coordinate) -> Int64 {
    let place = coordinate - Int(min(max(Int64(start), 0), Int64(whole - extent)))
    return (0..<extent).contains(place) ? Int64(place + 1) : 0
  }
}

private struct UpdateKernel<Coordinate: FixedWidthInteger & Stored>: ElementKernel {
  let extents: [Int]
  let update: Shape

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let (input, replacement, start) = (call.input(0), call.input(1), call.input(2))
    // Of two places, that in the row-major box of both, or 0 where one is.
    let combined = extents.indices.map { axis in
      let extent = Int64(update[axis])
      return PairMap<Int64, Int64>([UInt64(extent)]) { outer, own in
        outer > 0 && own > 0 ? (outer &- 1) &* extent &+ own : 0
      }
    }
    let strides = update.strides
    arithmetic.withScratch(.int64, count: 2) { scratch in
      call.region.forEachRow { first in
        let (source, target) = (input.row(at: first), output.row(at: first))
        var place = first
        for coordinate in call.region.row {
          place[place.count - 1] = coordinate
          for axis in extents.indices {
            arithmetic.apply(
              PlaceInBox<Coordinate>(
                coordinate: place[axis], whole: extents[axis], extent: update[axis]),
              start.cells[start.axes[0].offset(axis)], to: scratch[axis == 0 ? 0 : 1])
            if axis == 0 { continue }
            arithmetic.apply(combined[axis], scratch[0], scratch[1], to: scratch[0])
          }
          arithmetic.choose(
            scratch[0], of: update.count + 1,
            {
              $0 == 0
                ? source[coordinate]
                : replacement.cells[replacement.offset(ofIndex: $0 - 1, strides: strides)]
            }, to: target[coordinate])
        }
      }
    }
  }

  func valueCount(of region: Region) -> Int { 2 * extents.count * region.count }
}
