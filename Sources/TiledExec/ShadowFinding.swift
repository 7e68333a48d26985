/// Something wrong that the shadow arena saw: what a kernel touched, compared with whose it was.
///
/// Of the step `nil` is what takes the network's outputs after the last one.
public enum ShadowFinding: Hashable, Sendable {
  /// Elements, or sums, that were read and had never been written: `count`, the first at `first`.
  case unwrittenRead(step: Int?, tensor: String, isSum: Bool, count: Int, first: [Int])
  /// Elements, or sums, that were read and in whose place something else lay.
  case staleRead(
    step: Int?, tensor: String, isSum: Bool, count: Int, first: [Int], instead: Occupant)
  /// Reads of what is no operand of the step: `count` places, the first at `first`.
  case readOutsideOperands(step: Int, count: Int, first: TouchedPlace)
  /// Writes of what is no part of the step's tile of `tensor`.
  case writeOutsideTile(step: Int, tensor: String, count: Int, first: TouchedPlace)
}

extension ShadowFinding: CustomStringConvertible {
  /// What is wrong, where, and what was expected.
  public var description: String {
    switch self {
    case .unwrittenRead(let step, let tensor, let isSum, let count, let first):
      "\(Self.reader(step)): reads \(count) \(isSum ? "sums" : "elements") of \(tensor) that were "
        + "never written, the first at \(first)"
    case .staleRead(let step, let tensor, let isSum, let count, let first, let instead):
      "\(Self.reader(step)): reads \(count) \(isSum ? "sums" : "elements") of \(tensor) that are "
        + "no longer there, the first at \(first): \(instead)"
    case .readOutsideOperands(let step, let count, let first):
      "step \(step): reads \(count) places that its operands do not have, the first \(first)"
    case .writeOutsideTile(let step, let tensor, let count, let first):
      "step \(step): writes \(count) places outside its tile of \(tensor), the first \(first)"
    }
  }

  private static func reader(_ step: Int?) -> String {
    step.map { "step \($0)" } ?? "after the last step"
  }
}
