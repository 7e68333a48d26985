package import Tensor

/// SCATTER_ND: zeros, to which slices are added, each where a row of indices says.
///
/// Operand 0 holds the indices, int32, the last axis of which is a row, operand 1 the slices: int8, uint8, int32,
/// int64, bool or float32; operand 2, a constant, the shape of the result. Sums wrap, in the order of the slices; a
/// zero is the code 0. A slice of a run whose index is out of range is left out, where the reference implementation
/// stops.
package struct ScatterND: Operator {
  package static let builtins = [Builtin("SCATTER_ND", 122, options: 97)]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  private static let elements: [ElementType] = [.int8, .uint8, .int32, .int64, .bool, .float32]

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 3...3, required: 3)
    let (indices, updates) = (signature.input(0).shape, signature.input(1))
    try signature.requireIndices(operand: 0, [.int32], below: nil)
    guard Self.elements.contains(updates.element) else {
      throw OperatorError(
        .unsupported, .operand(1),
        expected: Self.elements.map(\.rawValue).joined(separator: " or "),
        found: "\(updates.element)")
    }
    let output = try signature.constantIntegers(2)
    guard signature.input(2).element == .int32, signature.input(2).shape.rank == 1 else {
      throw OperatorError(
        .invalid, .operand(2), expected: "a shape of int32", found: "\(signature.input(2))")
    }
    let depth = indices.extents.last ?? 0
    guard (1...max(output.count, 1)).contains(depth), output.allSatisfy({ $0 > 0 }),
      updates.shape.rank > 0,
      updates.shape.extents == indices.extents.dropLast() + output.dropFirst(depth)
    else {
      throw OperatorError(
        .invalid, .operand(1), expected: "slices of \(output), one for each row of \(indices)",
        found: "\(updates)")
    }
    try signature.requireSameElement(operand: 1)
    try signature.requireOutput(shape: output)
  }

  /// TensorFlow Lite Micro has no kernel.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm
  }

  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    guard operand == 0, signature.constant(0) == nil else { return nil }
    return Self.indices(signature.input(0), of: signature.outputs[0].shape, using: &generator)
  }

  private static func indices(
    _ type: TensorType, of output: Shape, using generator: inout SplitMix64
  ) -> Bytes {
    let depth = type.shape[type.shape.rank - 1]
    return .integers(
      (0..<type.shape.count).map { Int.random(in: 0..<output[$0 % depth], using: &generator) },
      of: type.element)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Access(
      (0...2).map { [AxisAccess](repeating: .whole, count: signature.input($0).shape.rank) },
      signature: signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let (indices, output) = (signature.input(0).shape, signature.outputs[0].shape)
    func integers<Number: FixedWidthInteger & Stored>(_ number: Number.Type) -> Scatter<Number> {
      Scatter(indices: indices, shape: output, zero: 0) { $0 &+ $1 }
    }
    return switch signature.outputs[0].element {
    case .int8: SpecializedKernel(TensorKernel([integers(Int8.self)]))
    case .uint8: SpecializedKernel(TensorKernel([integers(UInt8.self)]))
    case .int32: SpecializedKernel(TensorKernel([integers(Int32.self)]))
    case .int64: SpecializedKernel(TensorKernel([integers(Int64.self)]))
    case .bool:
      SpecializedKernel(
        TensorKernel([
          Scatter(indices: indices, shape: output, zero: TruthValue(false)) {
            TruthValue($0.isTrue || $1.isTrue)
          }
        ]))
    default:
      SpecializedKernel(
        TensorKernel([Scatter(indices: indices, shape: output, zero: 0 as Float) { $0 + $1 }]))
    }
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let indices = inputs[0], let updates = inputs[1]?.codes(of: signature.input(1)) else {
      preconditionFailure("there are indices and slices")
    }
    let output = signature.outputs[0].shape
    let depth = indices.shape[indices.shape.rank - 1]
    let size = output.extents[depth...].reduce(1, *)
    var sums = [Double](repeating: 0, count: output.count)
    for row in 0..<indices.values.count / depth {
      let place = indices.values[row * depth..<(row + 1) * depth]
      guard zip(place, output.extents).allSatisfy({ $0 >= 0 && $0 < Double($1) }) else { continue }
      let start = output.index(of: place.map { Int($0) } + output.extents[depth...].map { _ in 0 })
      for offset in 0..<size { sums[start + offset] += updates.values[row * size + offset] }
    }
    return [RealTensor(output, sums).numbers(as: signature.outputs[0])]
  }

  /// A float sum is rounded once per slice, to 2^-24 of at most the sum of magnitudes.
  ///
  /// Sums of integers that wrap, and of truth values, approximate nothing.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let indices = signature.input(0).shape
    let rows = Double(indices.count / max(indices[indices.rank - 1], 1))
    let largest = (inputs[1]?.codes(of: signature.input(1)).largestMagnitude ?? 0) * rows
    return switch signature.outputs[0].element {
    case .float32: largest * rows * 0x1p-23
    case .int32: largest < 0x1p31 ? 0x1p-20 : .infinity
    default: .infinity
    }
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    let type = TensorType(.int32, .random(axes: 1...3, extents: 1...3, using: &generator))
    var example = drawn(reading: type, using: &generator)
    if Bool.random(using: &generator) {
      let stated = Self.indices(type, of: example.signature.outputs[0].shape, using: &generator)
      example.signature.inputs[0] = Operand(type, constant: stated)
    }
    return example
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let extents = type.shape.extents
    guard type.element == .int32, type.quantization == nil, (1...3).contains(extents.count),
      (1...3).contains(extents[extents.count - 1]), type.shape.count > 0
    else { return nil }
    let depth = extents[extents.count - 1]
    var output = Shape.random(axes: depth...4, extents: 1...4, using: &generator)
    if extents.count == 1, output.rank == depth {
      // There is no slice without axes.
      output = Shape(checking: output.extents + [2]) ?? output
    }
    var updates = TensorType.random(elements, output, using: &generator)
    let result = updates
    updates.shape = Shape(checking: extents.dropLast() + output.extents[depth...]) ?? Shape(1)
    return Example(
      ScatterND(),
      Signature(
        inputs: [
          Operand(type), Operand(updates),
          Operand(
            TensorType(.int32, Shape(output.rank)),
            constant: Bytes(copying: output.extents.map(Int32.init))),
        ], outputs: [result]))
  }
}

/// Adds slices where indices say.
private struct Scatter<Output: Stored>: TensorFunction {
  let indices: Shape
  let shape: Shape
  let zero: Output
  let add: @Sendable (Output, Output) -> Output

  func addParameters(to hash: inout SipHash) {
    for extent in shape.extents { hash.add(UInt64(extent)) }
  }

  func callAsFunction(_ operands: [TensorView]) -> [Output] {
    let rows = operands[0].elements(of: Int32.self)
    let updates = operands[1].elements(of: Output.self)
    let depth = indices[indices.rank - 1]
    let strides = shape.strides
    let size = shape.extents[depth...].reduce(1, *)
    var sums = [Output](repeating: zero, count: shape.count)
    for row in 0..<rows.count / depth {
      let place = rows[row * depth..<(row + 1) * depth]
      guard zip(place, shape.extents).allSatisfy({ (0..<$1).contains(Int($0)) }) else { continue }
      let start = zip(place, strides).reduce(0) { $0 + Int($1.0) * $1.1 }
      for offset in 0..<size {
        sums[start + offset] = add(sums[start + offset], updates[row * size + offset])
      }
    }
    return sums
  }
}
