/// Which coordinates along one axis of an operand an output region reads: the whole vocabulary of
/// tiling.
public enum AxisAccess: Hashable, Sendable {
  /// Coordinates `i * stride + offset + k * dilation`, `k` in `0..<size`, for `i` along output `axis`.
  ///
  /// Outside the tensor they read as padding. A stride below 0 reads backwards.
  case window(axis: Int, size: Int = 1, stride: Int = 1, dilation: Int = 1, offset: Int = 0)
  /// Coordinates `(i + offset - k) / stride`, `k` in `0..<size`, where that is a whole number, for `i`
  /// along output `axis`: a window that moves along the output, seen from there.
  ///
  /// Nothing is read outside the tensor.
  case transposed(axis: Int, size: Int, stride: Int, offset: Int)
  /// The block of `size` coordinates from `i / factor * size` on, inseparably, for `i` along output
  /// `axis`: depth multiplier, nearest-neighbour upsampling, rows of a matrix that is stored flat.
  case scaled(axis: Int, factor: Int, size: Int = 1)
  /// Coordinates that are a function of `i` along output `axis`: copies, mirrored margins, resized maps.
  case mapped(axis: Int, CoordinateFunction)
  /// Always one coordinate: a broadcast axis, or one that a slice drops; nothing where it lies outside the
  /// tensor.
  case fixed(Int)
  /// The whole axis, summed: may be split into partial sums.
  case reduced
  /// The whole axis, inseparably: softmax's, or a reshape's.
  case whole

  /// The output axis that the coordinates follow, if any.
  public var outputAxis: Int? {
    switch self {
    case .window(let axis, _, _, _, _), .transposed(let axis, _, _, _), .scaled(let axis, _, _),
      .mapped(let axis, _):
      axis
    case .fixed, .reduced, .whole: nil
    }
  }

  /// The smallest range that holds the coordinates read for the output coordinates `outputs`,
  /// clamped to the operand's `extent`; empty where they read padding alone.
  ///
  /// `outputs` is a range, not empty, of the axis that `outputAxis` names.
  public func bounds(for outputs: Range<Int>, extent: Int) -> Range<Int> {
    guard case .window(_, let size, let stride, let dilation, _) = self,
      dilation > 1 || abs(stride) > size
    else {
      return span(for: outputs, extent: extent)
    }
    // Taps in the padding may be followed by coordinates that dilation skips.
    let read = coordinates(for: outputs, extent: extent)
    guard let first = read.first, let last = read.last else { return 0..<0 }
    return first.lowerBound..<last.upperBound
  }

  /// The coordinates from the first tap to the last, clamped to the operand's `extent`.
  private func span(for outputs: Range<Int>, extent: Int) -> Range<Int> {
    switch self {
    case .window(_, let size, let stride, let dilation, let offset):
      let first = outputs.lowerBound * stride + offset
      let last = (outputs.upperBound - 1) * stride + offset
      let low = min(first, last)
      let high = max(first, last) + (size - 1) * dilation + 1
      return (low..<high).clamped(to: 0..<extent)
    case .transposed(_, let size, let stride, let offset):
      let low = (outputs.lowerBound + offset - size + 1).dividedUp(by: stride)
      let high = (outputs.upperBound + offset).dividedUp(by: stride)
      return (low..<max(low, high)).clamped(to: 0..<extent)
    case .scaled(_, let factor, let size):
      let blocks = outputs.lowerBound / factor..<(outputs.upperBound - 1) / factor + 1
      return (blocks.lowerBound * size..<blocks.upperBound * size).clamped(to: 0..<extent)
    case .mapped(_, let function): return function.bounds(for: outputs, extent: extent)
    case .fixed(let coordinate): return (coordinate..<coordinate + 1).clamped(to: 0..<extent)
    case .reduced, .whole: return 0..<extent
    }
  }

  /// The coordinates that are read, as disjoint ascending ranges without gaps to spare.
  ///
  /// - Complexity: linear in the number of taps where a stride, a dilation or a function leaves gaps, else
  ///   O(1).
  public func coordinates(for outputs: Range<Int>, extent: Int) -> [Range<Int>] {
    let span = span(for: outputs, extent: extent)
    if case .mapped(_, let function) = self, outputs.count > 1 {
      var read = [Bool](repeating: false, count: span.count)
      for output in outputs {
        for coordinate in function.taps(of: output, extent: extent).clamped(to: span) {
          read[coordinate - span.lowerBound] = true
        }
      }
      return read.runs(from: span.lowerBound)
    }
    guard case .window(_, let size, let stride, let dilation, let offset) = self else {
      return span.isEmpty ? [] : [span]
    }
    if dilation == 1 && (abs(stride) <= size || outputs.count == 1) {
      return span.isEmpty ? [] : [span]
    }
    var read = [Bool](repeating: false, count: span.count)
    for output in outputs {
      for k in 0..<size {
        let coordinate = output * stride + offset + k * dilation
        if span.contains(coordinate) { read[coordinate - span.lowerBound] = true }
      }
    }
    return read.runs(from: span.lowerBound)
  }

  /// How many pairs of an output coordinate and a tap there are whose coordinate, clamped to the
  /// operand, lies in `reduce`: padding counts where it is nearest.
  ///
  /// - Complexity: linear in the number of taps for a window that `reduce` cuts and for a function, or in
  ///   the coordinates of a transposed window, else O(1).
  public func tapCount(for outputs: Range<Int>, extent: Int, reduce: Range<Int>) -> Int {
    switch self {
    case .window(_, let size, let stride, let dilation, let offset):
      if reduce == 0..<extent { return outputs.count * size }
      var count = 0
      for output in outputs {
        for k in 0..<size {
          let coordinate = output * stride + offset + k * dilation
          if reduce.contains(min(max(coordinate, 0), extent - 1)) { count += 1 }
        }
      }
      return count
    case .transposed(_, let size, let stride, let offset):
      return reduce.clamped(to: 0..<extent).reduce(0) { count, coordinate in
        let first = coordinate * stride - offset
        return count + (first..<first + size).clamped(to: outputs).count
      }
    case .scaled(_, let factor, let size):
      if reduce == 0..<extent { return outputs.count * size }
      return outputs.reduce(0) { count, output in
        let first = output / factor * size
        return count + reduce.clamped(to: first..<first + size).count
      }
    case .mapped(_, let function):
      return outputs.reduce(0) { count, output in
        count
          + function.taps(of: output, extent: extent).count {
            reduce.contains(min(max($0, 0), extent - 1))
          }
      }
    case .fixed(let coordinate):
      return reduce.contains(min(max(coordinate, 0), extent - 1)) ? 1 : 0
    case .reduced, .whole: return reduce.clamped(to: 0..<extent).count
    }
  }
}

extension Int {
  /// The quotient by a number above 0, rounded up.
  fileprivate func dividedUp(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return quotient + (remainder > 0 ? 1 : 0)
  }
}

extension [Bool] {
  /// The maximal runs of `true`, counted from `first` on.
  fileprivate func runs(from first: Int) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for index in indices where self[index] {
      let coordinate = first + index
      if let last = runs.last, last.upperBound == coordinate {
        runs[runs.count - 1] = last.lowerBound..<coordinate + 1
      } else {
        runs.append(coordinate..<coordinate + 1)
      }
    }
    return runs
  }
}
