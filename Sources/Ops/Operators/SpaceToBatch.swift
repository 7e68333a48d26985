package import Tensor

/// SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND: every so many pixels of a map become a batch of their own, and
/// back.
///
/// A map of [batches, rows, channels] or [batches, rows, columns, channels]. Operand 1 states how many rows
/// and columns a block has, operand 2 the margins that are added before, or cut off behind. Any type of
/// element.
package struct SpaceToBatch: Operator {
  private static let toBatch = Builtin(
    "SPACE_TO_BATCH_ND", 38, options: 25, versions: [.int8: 2, .int16: 4])
  private static let toSpace = Builtin(
    "BATCH_TO_SPACE_ND", 37, options: 24, versions: [.int8: 2, .int16: 4])
  package static let builtins = [toBatch, toSpace]

  private static let types = MovedTypes(tflm: [.int8, .float32])
  /// More rows, columns or margins than any map has; it keeps extents inside an Int.
  private static let largestNumber = 1 << 24

  package let builtin: Builtin

  init(_ builtin: Builtin) { self.builtin = builtin }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  package var options: OptionValues { OptionValues() }

  package func version(_ signature: Signature) -> Int {
    let input = signature.input(0)
    return max(input.shape.rank == 4 ? 1 : 3, builtin.version(for: input.element))
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 3...3, required: 3)
    let input = signature.input(0)
    guard (3...4).contains(input.shape.rank), input.shape.count > 0 else {
      throw OperatorError(
        .invalid, .operand(0), expected: "3 or 4 axes, none empty", found: "\(input.shape)")
    }
    let count = input.shape.rank - 2
    for (operand, extents) in [(1, [count]), (2, [count, 2])] {
      guard signature.input(operand).element == .int32,
        signature.input(operand).shape.extents == extents
      else {
        throw OperatorError(
          .invalid, .operand(operand), expected: "int32 of \(extents)",
          found: "\(signature.input(operand))")
      }
    }
    let blocks = try signature.constantIntegers(1, count: count)
    guard blocks.allSatisfy({ (1...Self.largestNumber).contains($0) }) else {
      throw OperatorError(
        .invalid, .operand(1), expected: "a row and a column or more", found: "\(blocks)")
    }
    let margins = try signature.constantIntegers(2, count: 2 * count)
    guard margins.allSatisfy({ (0...Self.largestNumber).contains($0) }) else {
      throw OperatorError(
        .invalid, .operand(2), expected: "margins in 0...2^24", found: "\(margins)")
    }
    guard let extents = extents(input.shape, blocks: blocks, margins: margins) else {
      throw OperatorError(
        .invalid, .operand(1), expected: "blocks that divide \(input.shape)", found: "\(blocks)")
    }
    try Self.types.check(signature)
    try signature.requireCentered(.int16)
    try signature.requireOutput(shape: extents)
  }

  /// What becomes of a map; `nil` where blocks do not divide it.
  private func extents(_ input: Shape, blocks: [Int], margins: [Int]) -> [Int]? {
    var extents = input.extents
    for (index, block) in blocks.enumerated() {
      let margin = margins[2 * index] + margins[2 * index + 1]
      if builtin == Self.toBatch {
        guard (extents[index + 1] + margin) % block == 0 else { return nil }
        extents[index + 1] = (extents[index + 1] + margin) / block
        extents[0] *= block
      } else {
        guard extents[0] % block == 0 else { return nil }
        extents[0] /= block
        extents[index + 1] = extents[index + 1] * block - margin
      }
      guard (0...Self.largestNumber).contains(extents[index + 1]),
        extents[0] <= Self.largestNumber
      else { return nil }
    }
    return extents
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    Self.types.has(signature.input(0).element, by: profile)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let (input, blocks, margins) = (
      signature.input(0).shape, signature.integers(1), signature.integers(2)
    )
    let isToBatch = builtin == Self.toBatch
    var axes = [isToBatch ? AxisAccess.mapped(axis: 0, .repeated(period: input[0])) : .whole]
    for (index, block) in blocks.enumerated() {
      let before = margins[2 * index]
      axes.append(
        .mapped(
          axis: index + 1,
          isToBatch
            ? .blocks(size: block, margin: before, factor: 1, before: 0)
            : .blocks(size: 1, margin: 0, factor: block, before: before)))
    }
    axes.append(.window(axis: input.rank - 1))
    return Access([axes] + signature.unreadOperands(from: 1), signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(data: builtin == Self.toBatch ? 4 : 0)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let (input, output) = (signature.input(0), signature.outputs[0].shape)
    let (blocks, margins) = (signature.integers(1), signature.integers(2))
    // Batches of the larger tensor are numbered by row in the block, column in it, and batch of the smaller.
    let isToBatch = builtin == Self.toBatch
    let batches = isToBatch ? input.shape[0] : output[0]
    func term(_ axis: Int, _ function: (Int) -> Int) -> CoordinateSumKernel.Term {
      CoordinateSumKernel.Term(axis, count: output[axis], function)
    }
    var terms = [[term(0) { isToBatch ? $0 % batches : $0 }]]
    for (index, block) in blocks.enumerated() {
      let (axis, before) = (index + 1, margins[2 * index])
      let weight = blocks[axis...].reduce(batches, *)
      if isToBatch {
        terms.append([term(axis) { $0 * block - before }, term(0) { $0 / weight % block }])
      } else {
        terms.append([term(axis) { ($0 + before) / block }])
        terms[0].append(term(axis) { ($0 + before) % block * weight })
      }
    }
    terms.append([term(output.rank - 1) { $0 }])
    let zero = profile.padsByZeroPoint ? Int64(input.zeroPoint) : 0
    return CoordinateSumKernel(
      terms, shape: input.shape,
      padding: Operand(
        TensorType(input.element, Shape()), constant: input.element.bytes(ofNumber: zero)))
  }

  /// Of the numbers that codes stand for; TensorFlow Lite Micro's margins hold the code 0.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    signature.input(0).zeroPoint == 0 || builtin == Self.toSpace ? 0x1p-20 : .infinity
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0], let blocks = inputs[1], let margins = inputs[2] else {
      preconditionFailure("blocks have an input and margins")
    }
    let output = signature.outputs[0].shape
    let (space, batch) = builtin == Self.toBatch ? (input.shape, output) : (output, input.shape)
    var values = [Double](repeating: 0, count: output.count)
    for index in 0..<space.count {
      let place = space.coordinate(at: index)
      var (other, pixel) = (place, 0)
      for (axis, block) in blocks.values.enumerated() {
        let moved = place[axis + 1] + Int(margins.values[2 * axis])
        pixel = pixel * Int(block) + moved % Int(block)
        other[axis + 1] = moved / Int(block)
      }
      other[0] += pixel * space[0]
      if builtin == Self.toBatch {
        values[batch.index(of: other)] = input.values[index]
      } else {
        values[index] = input.values[batch.index(of: other)]
      }
    }
    return [RealTensor(output, values)]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        .moved,
        Shape(
          checking: [Int.random(in: 1...6, using: &generator)]
            + (0..<Int.random(in: 2...3, using: &generator)).map { _ in
              Int.random(in: 1...5, using: &generator)
            }) ?? Shape(1, 1, 1), centered: .int16, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let shape = type.shape
    guard (3...4).contains(shape.rank), shape.count > 0 else { return nil }
    var builtin = builtins.randomElement(using: &generator) ?? toBatch
    if shape[0] == 1 { builtin = Int.random(in: 0..<4, using: &generator) > 0 ? toBatch : toSpace }
    var (blocks, margins, left): ([Int], [Int], Int) = ([], [], shape[0])
    for extent in shape.extents[1..<shape.rank - 1] {
      let before = Int.random(in: 0...2, using: &generator)
      if builtin == toBatch {
        let block = Int.random(in: 1...3, using: &generator)
        let rest = (extent + before) % block
        let after =
          (rest == 0 ? 0 : block - rest) + block * Int.random(in: 0...1, using: &generator)
        blocks.append(block)
        margins += [before, after]
      } else {
        let block = (1...3).filter { left % $0 == 0 }.randomElement(using: &generator) ?? 1
        left /= block
        blocks.append(block)
        let first = min(before, extent * block - 1)
        margins += [
          first, Int.random(in: 0...min(2, extent * block - 1 - first), using: &generator),
        ]
      }
    }
    let operation = SpaceToBatch(builtin)
    guard let extents = operation.extents(shape, blocks: blocks, margins: margins) else {
      return nil
    }
    var stated = Operand.integers(margins)
    stated.type.shape = Shape(blocks.count, 2)
    return Example(
      operation,
      Signature(
        inputs: [Operand(type), .integers(blocks), stated],
        outputs: [type.with(extents: extents)]))
  }
}
