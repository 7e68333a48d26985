package import Tensor

/// SELECT and SELECT_V2: elements of one of two tensors, as a truth value says.
///
/// Operand 0 holds the truth values, operands 1 and 2 elements of any type. SELECT_V2 broadcasts all three; of SELECT
/// the other two have one shape, and the truth values have it as well, or are one for all, or one for each
/// coordinate of the first axis.
package struct Select: Operator {
  private static let first = Builtin("SELECT", 64, options: 47)
  private static let second = Builtin("SELECT_V2", 123, options: 98)
  package static let builtins = [first, second]

  package let builtin: Builtin

  init(_ builtin: Builtin) { self.builtin = builtin }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  package var options: OptionValues { OptionValues() }

  private var broadcasts: Bool { builtin == Self.second }

  /// SELECT of five axes came with 3.
  package func version(_ signature: Signature) -> Int {
    !broadcasts && signature.inputs.contains { $0?.type.shape.rank == 5 } ? 3 : 1
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 3...3, required: 3)
    let condition = signature.input(0)
    guard condition.element == .bool else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "bool", found: "\(condition.element)")
    }
    let element = signature.outputs[0].element
    for index in 1...2 where signature.input(index).element != element {
      throw OperatorError(
        .invalid, .operand(index), expected: "\(element)",
        found: "\(signature.input(index).element)")
    }
    for index in 1...2
    where signature.input(index).quantization != signature.outputs[0].quantization {
      throw OperatorError(
        .unsupported, .operand(index), expected: "the scale and zero point of the result",
        found: "others")
    }
    let (left, right) = (signature.input(1).shape, signature.input(2).shape)
    if broadcasts {
      guard let pair = Broadcasting.extents(left, right).flatMap({ Shape(checking: $0) }),
        let extents = Broadcasting.extents(condition.shape, pair)
      else {
        throw OperatorError(
          .invalid, .operand(2), expected: "a shape that broadcasts with \(left)", found: "\(right)"
        )
      }
      return try signature.requireOutput(shape: extents)
    }
    guard left == right else {
      throw OperatorError(.invalid, .operand(2), expected: "shape \(left)", found: "\(right)")
    }
    guard
      condition.shape == left || condition.shape.rank == 0
        || condition.shape.rank == 1 && left.rank > 0 && condition.shape[0] == left[0]
    else {
      throw OperatorError(
        .invalid, .operand(0), expected: "shape \(left), its first extent, or one truth value",
        found: "\(condition.shape)")
    }
    try signature.requireOutput(shape: left.extents)
  }

  /// One knows SELECT_V2 alone, and three types.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm
      || broadcasts && [.int8, .int16, .float32].contains(signature.outputs[0].element)
  }

  /// Bytes other than 0 and 1 are no truth values.
  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    operand == 0 ? TruthValue.randomValue(signature.input(0), using: &generator) : nil
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let aligned = Broadcasting.access(signature)
    guard !broadcasts, signature.input(0).shape.rank == 1 else { return aligned }
    return Access([[.window(axis: 0)]] + aligned.operands[1...], signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory { MicroMemory(data: 1) }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    SelectKernel(access: access(signature, output: 0))
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace {
    signature.input(operand).element.sizeInBytes == signature.outputs[0].element.sizeInBytes
      ? .inOrder : .never
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let (access, output) = (access(signature, output: 0), signature.outputs[0].shape)
    let values = (0..<output.count).map { index in
      let place = output.coordinate(at: index)
      func value(_ operand: Int) -> Double {
        guard let tensor = inputs[operand] else { preconditionFailure("three operands") }
        let own = access.operands[operand].map { entry in entry.outputAxis.map { place[$0] } ?? 0 }
        return tensor.values[tensor.shape.index(of: own)]
      }
      return (1...127).contains(value(0)) ? value(1) : value(2)
    }
    return [RealTensor(output, values)]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(.moved, axes: 1...4, extents: 1...5, using: &generator), using: &generator)
  }

  /// The operand is the first or the second of those that are chosen from, or at times the truth values.
  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard (1...4).contains(type.shape.rank) else { return nil }
    let isCondition = type.element == .bool && Bool.random(using: &generator)
    let moved =
      isCondition
      ? TensorType.random([.int8, .int16, .float32], type.shape, using: &generator) : type
    func shape(isKept: Bool) -> Shape {
      if isKept || Bool.random(using: &generator) { return type.shape }
      var extents = type.shape.extents.map { Bool.random(using: &generator) ? 1 : $0 }
      extents.removeFirst(Int.random(in: 0..<extents.count, using: &generator))
      return Shape(checking: extents) ?? type.shape
    }
    let builtin = builtins.randomElement(using: &generator) ?? second
    var types = [TensorType(.bool, type.shape), moved, moved]
    let own = isCondition ? 0 : Int.random(in: 1...2, using: &generator)
    if builtin == second {
      for index in types.indices { types[index].shape = shape(isKept: index == own) }
    } else if !isCondition {
      types[0].shape =
        [type.shape, Shape(), Shape(type.shape[0])].randomElement(using: &generator) ?? type.shape
    }
    types[own] = isCondition ? type : moved
    let inputs = types.enumerated().map { index, type -> Operand? in
      index != own && Int.random(in: 0..<4, using: &generator) == 0
        ? .randomConstant(type, using: &generator) : Operand(type)
    }
    var output = moved
    output.shape = type.shape
    return Example(Select(builtin), Signature(inputs: inputs, outputs: [output]))
  }
}

private struct SelectKernel: ElementKernel {
  let access: Access

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    call.region.forEachRow { start in
      let rows = (0...2).map { access.row(of: $0, call.input($0), at: start) }
      let target = output.row(at: start)
      for coordinate in call.region.row {
        arithmetic.choose(
          rows[0][coordinate], of: 2, { rows[2 - $0][coordinate] }, to: target[coordinate])
      }
    }
  }
}
