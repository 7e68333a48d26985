package import Tensor

/// EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS and LESS_EQUAL of two tensors, element by element, with
/// broadcasting; truth values.
///
/// Codes of int8, uint8 and int16 are rescaled, where their scales are below 1; int16 that stands for itself, int32,
/// int64, float32; truth values are equal or not. Codes of int16 are ordered as they are stored.
package struct Comparison: Operator {
  package static let builtins = Relation.allCases.map(\.builtin)

  package let builtin: Builtin
  private let relation: Relation

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(Relation.allCases.first { $0.builtin == builtin } ?? .equal)
  }

  private init(_ relation: Relation) {
    self.relation = relation
    builtin = relation.builtin
  }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    let isOrder = relation.isOrder
    var plain: [ElementType] = [.int32, .int64]
    if isOrder || relation == .equal { plain.append(.int16) }
    if !isOrder { plain.append(.bool) }
    try Broadcasting.check(
      signature, [.int8, .uint8, .int16, .float32], plain: plain, to: .bool)
    guard rescales(signature) else { return }
    for index in 0...1 {
      let scale = Double(signature.input(index).quantization?.scales[0] ?? 0)
      guard scale < 1, FixedPointMultiplier(scale).exponent <= 0 else {
        throw OperatorError(
          .unsupported, .operand(index), expected: "a scale below 1", found: "\(scale)")
      }
    }
  }

  /// Whether codes are compared on a scale of their own.
  private func rescales(_ signature: Signature) -> Bool {
    switch signature.input(0).element {
    case .int8, .uint8: true
    case .int16: signature.input(0).quantization != nil && !relation.isOrder
    default: false
    }
  }

  /// One has no codes but int8, and no plain integers below 32 bits.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm || ![.uint8, .int16].contains(signature.input(0).element)
  }

  /// Bytes other than 0 and 1 are no truth values.
  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    TruthValue.randomValue(signature.input(operand), using: &generator)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Broadcasting.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory { MicroMemory(data: 32) }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let (access, relation) = (access(signature, output: 0), relation)
    let parameters = [UInt64(parameter: relation.rawValue)]
    switch signature.input(0).element {
    case .float32:
      return Pairwise.kernel(access, parameters) { (x: Float, y: Float) -> TruthValue in
        TruthValue(relation.holds(x, y))
      }
    case .bool:
      return Pairwise.kernel(access, parameters) { (x: TruthValue, y: TruthValue) -> TruthValue in
        TruthValue((x.isTrue == y.isTrue) == (relation == .equal))
      }
    case .int8: return integers(Int8.self, signature, access)
    case .uint8: return integers(UInt8.self, signature, access)
    case .int16: return integers(Int16.self, signature, access)
    case .int32: return integers(Int32.self, signature, access)
    default: return integers(Int64.self, signature, access)
    }
  }

  /// Source: TensorFlow Lite, `reference_ops::ComparisonImpl` and `ComparisonWithScaling`.
  private func integers<Number: FixedWidthInteger & Stored>(
    _ type: Number.Type, _ signature: Signature, _ access: Access
  ) -> any Kernel {
    let relation = relation
    let parameters = [UInt64(parameter: relation.rawValue)]
    guard rescales(signature) else {
      return Pairwise.kernel(access, parameters) { (x: Number, y: Number) -> TruthValue in
        TruthValue(relation.holds(x, y))
      }
    }
    let multipliers = (0...1).map { index in
      FixedPointMultiplier(Double(signature.input(index).quantization?.scales[0] ?? 1))
    }
    let (left, right) = (multipliers[0], multipliers[1])
    let (zeroLeft, zeroRight) = (signature.input(0).zeroPoint, signature.input(1).zeroPoint)
    return Pairwise.kernel(
      access,
      parameters + left.parameters + right.parameters
        + [UInt64](parameters: [zeroLeft, zeroRight])
    ) { (x: Number, y: Number) -> TruthValue in
      TruthValue(
        relation.holds(
          left.roundedTwice((Int32(truncatingIfNeeded: x) &- zeroLeft) &<< 8),
          right.roundedTwice((Int32(truncatingIfNeeded: y) &- zeroRight) &<< 8)))
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace {
    signature.input(operand).element.sizeInBytes == 1 ? .inOrder : .never
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Broadcasting.real(inputs, signature) { relation.holds($0, $1) ? 1 : 0 }
  }

  /// Codes next to each other may be taken for equal, and numbers of 64 bits pass double precision.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    [.float32, .int32, .bool].contains(signature.input(0).element)
      && signature.inputs.allSatisfy({ $0?.type.quantization == nil }) ? 0x1p-20 : .infinity
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int8, .uint8, .int16, .int32, .int64, .float32], axes: 1...4, extents: 1...6,
        using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    // Codes of larger steps are not compared.
    if type.element.sizeInBytes <= 2, let scale = type.quantization?.scales[0], scale > 0.9 {
      return nil
    }
    // TensorFlow Lite Micro runs GREATER of int16 with multipliers that it has not set.
    let relations = Relation.allCases.filter {
      type.element == .bool ? !$0.isOrder : type.element != .int16 || $0 != .greater
    }
    var example = Broadcasting.random(
      Comparison(relations.randomElement(using: &generator) ?? .equal), reading: type, to: .bool,
      using: &generator)
    // Steps of one size are often equal.
    let sharesSteps = Bool.random(using: &generator)
    for index in 0...1 {
      guard let scale = example?.signature.inputs[index]?.type.quantization?.scales[0],
        sharesSteps || scale > 0.9
      else { continue }
      example?.signature.inputs[index]?.type.quantization = type.quantization
    }
    return example
  }
}

/// How two numbers are compared.
private enum Relation: Int, CaseIterable, Sendable {
  case equal, notEqual, greater, greaterEqual, less, lessEqual

  var builtin: Builtin {
    switch self {
    case .equal: Builtin("EQUAL", 71, options: 53, versions: [.int8: 2, .int16: 5])
    case .notEqual: Builtin("NOT_EQUAL", 72, options: 54, versions: [.int8: 2, .int16: 4])
    case .greater: Builtin("GREATER", 61, options: 44, versions: [.int8: 2])
    case .greaterEqual: Builtin("GREATER_EQUAL", 62, options: 45, versions: [.int8: 2, .int16: 3])
    case .less: Builtin("LESS", 58, options: 41, versions: [.int8: 2, .int16: 3])
    case .lessEqual: Builtin("LESS_EQUAL", 63, options: 46, versions: [.int8: 2])
    }
  }

  var isOrder: Bool { self != .equal && self != .notEqual }

  @inline(__always)
  func holds<Number: Comparable>(_ x: Number, _ y: Number) -> Bool {
    switch self {
    case .equal: x == y
    case .notEqual: x != y
    case .greater: x > y
    case .greaterEqual: x >= y
    case .less: x < y
    case .lessEqual: x <= y
    }
  }
}

extension TruthValue {
  /// Random truth values for a type of them; `nil` for another type.
  static func randomValue(_ type: TensorType, using generator: inout SplitMix64) -> Bytes? {
    guard type.element == .bool else { return nil }
    return Bytes(
      copying: (0..<type.shape.count).map { _ in UInt8.random(in: 0...1, using: &generator) })
  }
}
