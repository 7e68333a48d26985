public import Tensor

/// The tiling rule of one output of an operator: per operand, per axis, what is read.
///
/// Halo, recomputation, the axes that may be cut, partial sums and the count of multiply-accumulates
/// all follow from it.
public struct Access: Hashable, Sendable {
  /// Per operand one entry per axis; empty for an operand that is absent.
  public let operands: [[AxisAccess]]
  /// The extents of the operands, in the same order.
  public let extents: [[Int]]
  /// The number of axes of the output.
  public let outputRank: Int
  /// The operand that partial sums cut, in an operator that sums.
  public let summedOperand: Int
  /// Per operand, the only place of the output that reads it, for operands that are stacked along an axis;
  /// empty where none is.
  public let slots: [OutputSlot]

  /// Binds the rule of one output to the operands' shapes.
  ///
  /// - Precondition: each operand that is present has one entry per axis, and there is a slot for each
  ///   or for none.
  public init(
    _ operands: [[AxisAccess]], signature: Signature, output: Int = 0, summing summed: Int = 0,
    slots: [OutputSlot] = []
  ) {
    extents = signature.inputs.map { $0?.type.shape.extents ?? [] }
    precondition(
      operands.map(\.count) == extents.map(\.count), "one access per axis of every operand")
    precondition(slots.isEmpty || slots.count == operands.count, "one slot per operand, or none")
    self.operands = operands
    self.slots = slots
    summedOperand = summed
    outputRank = signature.outputs[output].shape.rank
  }

  /// The smallest box of `operand` that holds all that `region` of the output reads.
  public func bounds(of operand: Int, for region: Region) -> Region {
    guard isSeen(operand, from: region) else {
      return Region(operands[operand].map { _ in 0..<0 })
    }
    return Region(
      zip(operands[operand], extents[operand]).map { access, extent in
        access.bounds(for: access.outputAxis.map { region[$0] } ?? 0..<1, extent: extent)
      })
  }

  /// The coordinates of `operand` that `region` reads, as disjoint ascending ranges per axis.
  ///
  /// What is read is their product. Those of the summed operand lie in `reduce`.
  public func coordinates(
    of operand: Int, for region: Region, reduce: Region? = nil
  ) -> [[Range<Int>]] {
    guard isSeen(operand, from: region) else { return operands[operand].map { _ in [] } }
    return zip(operands[operand], extents[operand]).enumerated().map { axis, entry in
      let (access, extent) = entry
      let ranges = access.coordinates(
        for: access.outputAxis.map { region[$0] } ?? 0..<1, extent: extent)
      guard let reduce, operand == summedOperand else { return ranges }
      return ranges.map { $0.clamped(to: reduce[axis]) }.filter { !$0.isEmpty }
    }
  }

  /// Whether a region of the output has the place that alone reads `operand`.
  private func isSeen(_ operand: Int, from region: Region) -> Bool {
    slots.isEmpty || slots[operand].lies(in: region)
  }

  /// The number of taps of the summed operand over all elements of `region`, those inside `reduce` alone.
  public func tapCount(for region: Region, reduce: Region) -> Int {
    var count = 1
    var uncounted = Set(0..<outputRank)
    for (axis, access) in operands[summedOperand].enumerated() {
      if let outputAxis = access.outputAxis { uncounted.remove(outputAxis) }
      count *= access.tapCount(
        for: access.outputAxis.map { region[$0] } ?? 0..<1,
        extent: extents[summedOperand][axis], reduce: reduce[axis])
    }
    return uncounted.reduce(count) { $0 * region[$1].count }
  }

  /// Whether the output may be cut along `axis` to some use: an operand follows it, so that a tile
  /// reads less than the whole.
  public func mayCut(_ axis: Int) -> Bool {
    operands.contains { $0.contains { $0.outputAxis == axis } }
      || slots.contains { $0.axis == axis }
  }

  /// Whether each element of the output reads the operand's element of the same coordinates alone.
  public func isElementwise(_ operand: Int) -> Bool {
    operands[operand].count == outputRank
      && operands[operand].enumerated().allSatisfy { $1 == .window(axis: $0) }
  }

  /// Whether the summed operand's `axis` is summed, so that partial sums may cut it.
  public func isSummed(_ axis: Int) -> Bool {
    switch operands[summedOperand][axis] {
    case .reduced: true
    case .window(_, let size, _, _, _): size > 1
    case .transposed(_, let size, let stride, _): size > stride
    case .scaled, .mapped, .fixed, .whole: false
    }
  }
}
