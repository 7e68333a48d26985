public import Tensor

/// Which result of a tile reads an operand's element last, results being made in row-major order.
///
/// For an operator whose rule is `InPlace.inOrder`, that result and all after it may cover the element.
public struct LastReads: Sendable {
  /// By operand axis and coordinate, the last coordinate of the output axis that reads it.
  ///
  /// Coordinates count from `bounds` on; `nil` where none reads it. Empty for an axis that all results read.
  private let last: [[Int?]]
  /// By operand axis, the output axis that it follows.
  private let outputAxes: [Int?]
  private let bounds: Region
  private let tile: Region

  /// Finds what the tile `tile` reads of operand `operand`.
  ///
  /// - Precondition: no two axes of the operand follow one axis of the output.
  /// - Complexity: linear in the taps along each axis of the tile.
  public init(_ access: Access, operand: Int, tile: Region) {
    self.tile = tile
    let bounds = access.bounds(of: operand, for: tile)
    self.bounds = bounds
    outputAxes = access.operands[operand].map(\.outputAxis)
    let followed = outputAxes.compactMap { $0 }
    precondition(Set(followed).count == followed.count, "each axis of a tile decides by itself")
    last = access.operands[operand].enumerated().map { axis, rule in
      guard let outputAxis = rule.outputAxis else { return [] }
      var last = [Int?](repeating: nil, count: bounds[axis].count)
      for output in tile[outputAxis] {
        let extent = access.extents[operand][axis]
        for range in rule.coordinates(for: output..<output + 1, extent: extent) {
          for coordinate in range { last[coordinate - bounds[axis].lowerBound] = output }
        }
      }
      return last
    }
  }

  /// The result that reads the element at `coordinate` last; `nil` if none does.
  public func result(at coordinate: [Int]) -> [Int]? {
    var result = tile.ranges.map { $0.upperBound - 1 }
    for (axis, coordinate) in coordinate.enumerated() {
      guard bounds[axis].contains(coordinate) else { return nil }
      guard let outputAxis = outputAxes[axis] else { continue }
      guard let output = last[axis][coordinate - bounds[axis].lowerBound] else { return nil }
      result[outputAxis] = output
    }
    return result
  }

  /// How many bytes before the operand's storage that of the result has to start, so that no result
  /// covers an element that a later one reads; below 0 if it may start after it.
  ///
  /// `operand` and `result` say where coordinates lie in both, without rings; `nil` if nothing is read.
  ///
  /// Elements that are read last by result `r` must not start before `r` does. Both addresses are sums
  /// over axes, so that the largest difference is a sum of largest differences.
  ///
  /// - Complexity: linear in the extents of the operand.
  public func distance(
    operand: [AxisMap], width operandWidth: Int, result: [AxisMap], width resultWidth: Int
  ) -> Int? {
    guard !bounds.isEmpty, !tile.isEmpty else { return nil }
    var distance = 0
    for axis in tile.ranges.indices where !outputAxes.contains(axis) {
      distance += result[axis].offset(tile[axis].upperBound - 1) * resultWidth
    }
    for (axis, outputAxis) in outputAxes.enumerated() {
      let differences = bounds[axis].compactMap { coordinate -> Int? in
        let start = operand[axis].offset(coordinate) * operandWidth
        guard let outputAxis else { return -start }
        return last[axis][coordinate - bounds[axis].lowerBound].map {
          result[outputAxis].offset($0) * resultWidth - start
        }
      }
      guard let largest = differences.max() else { return nil }
      distance += largest
    }
    return distance
  }
}
