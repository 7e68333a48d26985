internal import Ops
internal import Tensor

/// The taps of the summed operand counted one by one, as a check on every faster count.
struct TapCensus {
  let access: Access

  /// The taps over all elements of `region` whose coordinate, clamped to the operand, lies in
  /// `reduce`.
  func nearest(_ region: Region, _ reduce: Region) -> Int {
    count(region) { coordinate, axis in
      reduce[axis].contains(min(max(coordinate, 0), access.extents[access.summedOperand][axis] - 1))
    }
  }

  /// The taps over all elements of `region` that lie in `reduce`, padding left out.
  func inside(_ region: Region, _ reduce: Region) -> Int {
    count(region) { coordinate, axis in reduce[axis].contains(coordinate) }
  }

  private func count(_ region: Region, _ counts: (_ coordinate: Int, _ axis: Int) -> Bool) -> Int {
    var total = 0
    region.forEachRow { start in
      for last in region.ranges.last ?? 0..<1 {
        var element = start
        if !element.isEmpty { element[element.count - 1] = last }
        var taps = 1
        for axis in access.operands[access.summedOperand].indices {
          taps *= coordinates(axis, at: element).count { counts($0, axis) }
        }
        total += taps
      }
    }
    return total
  }

  /// The coordinate along `axis` of each tap for one output element, padding included.
  private func coordinates(_ axis: Int, at element: [Int]) -> [Int] {
    switch access.operands[access.summedOperand][axis] {
    case .window(let output, let size, let stride, let dilation, let offset):
      (0..<size).map { element[output] * stride + offset + $0 * dilation }
    case .transposed(let output, let size, let stride, let offset):
      (0..<size).map { element[output] + offset - $0 }.filter { $0 >= 0 && $0 % stride == 0 }
        .map { $0 / stride }.filter { $0 < access.extents[access.summedOperand][axis] }
    case .scaled(let output, let factor, let size):
      (0..<size).map { element[output] / factor * size + $0 }
    case .mapped(let output, let function):
      Array(
        function.taps(of: element[output], extent: access.extents[access.summedOperand][axis]))
    case .fixed(let coordinate): [coordinate]
    case .reduced, .whole: Array(0..<access.extents[access.summedOperand][axis])
    }
  }
}
