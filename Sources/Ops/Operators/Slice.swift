package import Tensor

/// SLICE: a box of a tensor.
///
/// Operands 1 and 2 state its first coordinate and its extents along each axis; an extent of -1 reaches to
/// the end. Any type of element.
package struct Slice: Operator {
  package static let builtins = [
    Builtin(
      "SLICE", 65, options: 48, versions: [.int8: 2, .int16: 4, .uint32: 6, .float16: 8])
  ]

  private static let types = MovedTypes(tflm: [.int8, .int16, .int32, .bool, .float32])

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func version(_ signature: Signature) -> Int {
    let input = signature.input(0)
    return max(input.shape.rank > 4 ? 5 : 1, builtin.version(for: input.element))
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 3...3, required: 3)
    let shape = signature.input(0).shape
    guard shape.rank > 0 else {
      throw OperatorError(.invalid, .operand(0), expected: "an axis", found: "a scalar")
    }
    let starts = try signature.constantIntegers(1, count: shape.rank)
    let counts = try signature.constantIntegers(2, count: shape.rank)
    guard signature.input(2).element == signature.input(1).element else {
      throw OperatorError(
        .invalid, .operand(2), expected: "\(signature.input(1).element) as operand 1",
        found: "\(signature.input(2).element)")
    }
    for (axis, start) in starts.enumerated() {
      guard (0...shape[axis]).contains(start) else {
        throw OperatorError(
          .invalid, .operand(1), expected: "a start in 0...\(shape[axis])", found: "\(start)")
      }
      guard (-1...shape[axis] - start).contains(counts[axis]) else {
        throw OperatorError(
          .invalid, .operand(2), expected: "at most \(shape[axis] - start) from \(start) on",
          found: "\(counts[axis])")
      }
    }
    try Self.types.check(signature)
    try signature.requireOutput(
      shape: zip(counts, zip(shape.extents, starts)).map { $0 < 0 ? $1.0 - $1.1 : $0 })
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    let input = signature.input(0)
    return Self.types.has(input.element, by: profile)
      && (profile != .tflm || input.shape.rank <= 5)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let axes = signature.integers(1).enumerated().map { axis, start in
      AxisAccess.window(axis: axis, offset: start)
    }
    return Access([axes] + signature.unreadOperands(from: 1), signature: signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    MovementKernel(access(signature, output: 0), sources: 0..<1)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0], let starts = inputs[1] else {
      preconditionFailure("a slice has an input and starts")
    }
    return [
      input.moved(to: signature.outputs[0].shape) { place in
        zip(place, starts.values).map { $0 + Int($1) }
      }
    ]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(.moved, axes: 1...4, extents: 1...6, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let extents = type.shape.extents
    guard (1...5).contains(extents.count), type.shape.count > 0 else { return nil }
    let isWide = Int.random(in: 0..<4, using: &generator) == 0
    var (starts, counts, output): ([Int], [Int], [Int]) = ([], [], [])
    for extent in extents {
      let start = Bool.random(using: &generator) ? 0 : Int.random(in: 0..<extent, using: &generator)
      let count = Int.random(in: 1...extent - start, using: &generator)
      let reachesEnd = Int.random(in: 0..<3, using: &generator) == 0
      starts.append(start)
      counts.append(reachesEnd ? -1 : count)
      output.append(reachesEnd ? extent - start : count)
    }
    return Example(
      Slice(),
      Signature(
        inputs: [
          Operand(type), .integers(starts, isWide: isWide), .integers(counts, isWide: isWide),
        ], outputs: [type.with(extents: output)]))
  }
}
