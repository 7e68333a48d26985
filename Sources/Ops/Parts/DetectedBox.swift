internal import Glibc

/// A box of an image, by its edges.
///
/// Source: TensorFlow Lite, `detection_postprocess.cc`.
struct DetectedBox {
  let top: Float
  let left: Float
  let bottom: Float
  let right: Float

  /// The four numbers in the order of the results.
  var edges: [Float] { [top, left, bottom, right] }

  /// Decodes a box, given as center, height and width relative to `anchor`'s, in units of `scales`.
  init(encoding: ArraySlice<Float>, anchor: ArraySlice<Float>, scales: [Float]) {
    let code = zip(encoding, scales).map { Double($0) / Double($1) }
    let anchor = anchor.map { Double($0) }
    let y = Float(code[0] * anchor[2] + anchor[0])
    let x = Float(code[1] * anchor[3] + anchor[1])
    let halfHeight = Float(0.5 * exp(code[2]) * anchor[2])
    let halfWidth = Float(0.5 * exp(code[3]) * anchor[3])
    (top, left, bottom, right) = (y - halfHeight, x - halfWidth, y + halfHeight, x + halfWidth)
  }

  private var area: Float { (bottom - top) * (right - left) }

  /// The area of the intersection over that of the union; 0 with a box that has no area.
  func overlap(_ other: DetectedBox) -> Float {
    let (own, others) = (area, other.area)
    if own <= 0 || others <= 0 { return 0 }
    let height = Self.smaller(bottom, other.bottom) - Self.larger(top, other.top)
    let width = Self.smaller(right, other.right) - Self.larger(left, other.left)
    let intersection = Self.larger(height, 0) * Self.larger(width, 0)
    return intersection / (own + others - intersection)
  }

  /// The first one where either is not a number.
  private static func larger(_ x: Float, _ y: Float) -> Float { x < y ? y : x }

  /// The first one where either is not a number.
  private static func smaller(_ x: Float, _ y: Float) -> Float { y < x ? y : x }
}

extension [DetectedBox] {
  /// At most `limit` boxes of a score of `threshold` or more, the best first, the first of equal ones;
  /// a box that overlaps a better one that was taken by more than `largestOverlap` is left out.
  func suppressed(
    by scores: [Float], threshold: Float, largestOverlap: Float, limit: Int
  ) -> [Int] {
    var candidates = indices.filter { scores[$0] >= threshold }
    candidates.sort { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
    var taken: [Int] = []
    for candidate in candidates where taken.count < limit {
      // The better one is the first operand: of numbers that are none, the order matters.
      if taken.allSatisfy({ !(self[$0].overlap(self[candidate]) > largestOverlap) }) {
        taken.append(candidate)
      }
    }
    return taken
  }
}
