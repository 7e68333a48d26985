internal import Tensor

/// What operators that resize maps have in common.
///
/// Operand 0 is a map of [batches, rows, columns, channels], operand 1 states its new rows and columns.
struct ResizeAttributes: Hashable, Sendable {
  /// Whether the pixels at the corners lie on those of the operand.
  let alignsCorners: Bool
  /// Whether places are those of the middle of a pixel.
  let centersPixels: Bool

  init(alignsCorners: Bool, centersPixels: Bool) {
    self.alignsCorners = alignsCorners
    self.centersPixels = centersPixels
  }

  /// Reads both from an options table, the first one at `slot`.
  init(_ options: some OptionTable, slot: Int) throws(OptionError) {
    alignsCorners = try options.bool(slot, default: false)
    centersPixels = try options.bool(slot + 1, default: false)
  }

  /// Both as options, the first one at `slot`.
  func options(slot: Int) -> OptionValues {
    OptionValues([slot: .bool(alignsCorners), slot + 1: .bool(centersPixels)])
  }

  /// Throws unless the operands and the result are a map, its new extents and the new map.
  func check(
    _ signature: Signature, _ types: MovedTypes, _ arithmetic: Resampling.Arithmetic
  ) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    try signature.requireRank(operand: 0, 4)
    let input = signature.input(0).shape
    let size = try signature.constantIntegers(1, count: 2)
    let extents = 1...Resampling.largestExtent
    guard signature.input(1).element == .int32, signature.input(1).shape.rank == 1,
      size.allSatisfy(extents.contains)
    else {
      throw OperatorError(
        .invalid, .operand(1), expected: "rows and columns, int32, in 1...2^20", found: "\(size)")
    }
    guard extents.contains(input[1]), extents.contains(input[2]) else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "at most 2^20 rows and columns", found: "\(input)")
    }
    try types.check(signature)
    try signature.requireOutput(shape: [input[0], size[0], size[1], input[3]])
    for axis in 1...2 where !resampling(signature, axis, arithmetic).staysInside {
      throw OperatorError(
        .unsupported, .output(0), expected: "places inside the operand",
        found: "rounded ones behind its end along axis \(axis)")
    }
  }

  /// How axis 1 or 2 is resized.
  func resampling(
    _ signature: Signature, _ axis: Int, _ arithmetic: Resampling.Arithmetic
  ) -> Resampling {
    Resampling(
      from: signature.input(0).shape[axis], to: signature.outputs[0].shape[axis], arithmetic,
      alignsCorners: alignsCorners, centersPixels: centersPixels)
  }

  func access(_ signature: Signature, _ arithmetic: Resampling.Arithmetic) -> Access {
    let axes = (0..<4).map { axis -> AxisAccess in
      [0, 3].contains(axis)
        ? .window(axis: axis) : resampling(signature, axis, arithmetic).access(axis: axis)
    }
    return Access([axes] + signature.unreadOperands(from: 1), signature: signature)
  }

  /// Random attributes, both of them at once if they may be.
  static func random(
    both: Bool, using generator: inout SplitMix64
  ) -> ResizeAttributes {
    let alignsCorners = Bool.random(using: &generator)
    return ResizeAttributes(
      alignsCorners: alignsCorners,
      centersPixels: (both || !alignsCorners) && Bool.random(using: &generator))
  }

  /// The operand resized to up to three times as many rows and columns, often to a multiple.
  static func signature(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Signature? {
    guard type.shape.rank == 4, type.shape.count > 0 else { return nil }
    var extents = type.shape.extents
    for axis in 1...2 {
      extents[axis] =
        Bool.random(using: &generator)
        ? extents[axis] * Int.random(in: 1...3, using: &generator)
        : Int.random(in: 1...min(3 * extents[axis], 16), using: &generator)
    }
    return Signature(
      inputs: [Operand(type), .integers(Array(extents[1...2]))],
      outputs: [type.with(extents: extents)])
  }
}

extension Resampling {
  /// The tiling rule of an axis that is resized: plain where each coordinate stays, or is repeated.
  fileprivate func access(axis: Int) -> AxisAccess {
    if outputs % inputs == 0 {
      let factor = outputs / inputs
      let repeats = (0..<outputs).allSatisfy { neighbours(of: $0) == $0 / factor..<$0 / factor + 1 }
      if repeats {
        return factor == 1 ? .window(axis: axis) : .scaled(axis: axis, factor: factor)
      }
    }
    return .mapped(axis: axis, .resampled(self))
  }
}
