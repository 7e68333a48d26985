import Ops
import Tensor
import Testing

/// Each way of reading an axis, for every range of output coordinates, against a list of taps.
@Suite struct AxisAccessTests {
  /// A way of reading, the operand's extent, and as many output coordinates as there are.
  struct Case: CustomTestStringConvertible, Sendable {
    let access: AxisAccess
    let extent: Int
    let outputs: Int

    var testDescription: String { "\(access), extent \(extent), \(outputs) outputs" }

    /// The coordinate of each tap of output coordinate `output`, padding included.
    func taps(_ output: Int) -> [Int] {
      switch access {
      case .window(_, let size, let stride, let dilation, let offset):
        (0..<size).map { output * stride + offset + $0 * dilation }
      case .transposed(_, let size, let stride, let offset):
        (0..<size).map { output + offset - $0 }.filter { $0 >= 0 && $0 % stride == 0 }
          .map { $0 / stride }.filter { $0 < extent }
      case .scaled(_, let factor, let size): (0..<size).map { output / factor * size + $0 }
      case .mapped(_, .repeated(let period)): [output % period]
      case .mapped(_, .mirrored(let before, let skipsEdge)):
        [mirrored(output - before, skipsEdge)]
      case .mapped(_, .blocks(let size, let margin, let factor, let before)):
        (0..<size).map { (output + before) / factor * size - margin + $0 }
      case .mapped(_, .resampled(let resampling)):
        resampled(output, resampling)
      case .fixed(let coordinate): [coordinate]
      case .reduced, .whole: Array(0..<extent)
      }
    }

    /// The coordinate that one is mirrored to.
    private func mirrored(_ coordinate: Int, _ skipsEdge: Bool) -> Int {
      let (before, behind) = skipsEdge ? (0, 2 * extent - 2) : (-1, 2 * extent - 1)
      if coordinate < 0 { return before - coordinate }
      return coordinate < extent ? coordinate : behind - coordinate
    }

    /// The coordinates around place `output` * inputs / outputs, in whole numbers.
    private func resampled(_ output: Int, _ resampling: Resampling) -> [Int] {
      let place = output * resampling.inputs
      let low = place / resampling.outputs
      let isBetween = resampling.arithmetic != .nearest && place % resampling.outputs > 0
      return isBetween && low + 1 < extent ? [low, low + 1] : [low]
    }

    /// The ranges of output coordinates; one for an axis that follows none.
    var ranges: [Range<Int>] {
      guard access.outputAxis != nil else { return [0..<1] }
      return (0..<outputs).flatMap { low in (low + 1...outputs).map { low..<$0 } }
    }

    static let windows = WindowTests.Geometry.all.flatMap { geometry in
      Padding.allCases.compactMap { padding -> Case? in
        let outputs = padding.outputExtent(
          extent: geometry.extent, size: geometry.size, stride: geometry.stride,
          dilation: geometry.dilation)
        let window = Window(
          size: geometry.size, stride: geometry.stride, dilation: geometry.dilation,
          padding: padding, extent: geometry.extent)
        guard outputs > 0 else { return nil }
        return Case(access: window.access(axis: 0), extent: geometry.extent, outputs: outputs)
      }
    }

    static let others = (1...4).flatMap { extent in
      let scaled = (1...3).map {
        Case(access: .scaled(axis: 0, factor: $0), extent: extent, outputs: extent * $0)
      }
      let fixed = [AxisAccess.fixed(0), .fixed(-1), .reduced, .whole].map {
        Case(access: $0, extent: extent, outputs: 1)
      }
      let blocks = (1...3).flatMap { factor in
        (2...3).map {
          Case(
            access: .scaled(axis: 0, factor: factor, size: $0), extent: extent * $0,
            outputs: extent * factor)
        }
      }
      return scaled + fixed + blocks
    }

    static let transposed = (1...4).flatMap { extent in
      (1...4).flatMap { size in
        (1...3).flatMap { stride in
          [0, (size - 1) / 2].map { offset in
            Case(
              access: .transposed(axis: 0, size: size, stride: stride, offset: offset),
              extent: extent, outputs: (extent - 1) * stride + size - offset)
          }
        }
      }
    }

    static let functions = (1...4).flatMap { extent -> [Case] in
      let copies = Case(
        access: .mapped(axis: 0, .repeated(period: extent)), extent: extent, outputs: 3 * extent)
      let margins = [true, false].flatMap { skipsEdge in
        let largest = extent - (skipsEdge ? 1 : 0)
        return (0...largest).map {
          Case(
            access: .mapped(axis: 0, .mirrored(before: $0, skipsEdge: skipsEdge)),
            extent: extent, outputs: $0 + extent + largest)
        }
      }
      let blocks = (1...3).flatMap { block in
        (0...2 * block).map {
          Case(
            access: .mapped(axis: 0, .blocks(size: block, margin: $0, factor: 1, before: 0)),
            extent: extent, outputs: (extent + $0 + 2 * block) / block)
        }
      }
      let pixels = (1...3).flatMap { factor in
        (0..<factor).map {
          Case(
            access: .mapped(axis: 0, .blocks(size: 1, margin: 0, factor: factor, before: $0)),
            extent: extent, outputs: extent * factor - $0)
        }
      }
      // Powers of two are places without a rounding.
      let places = [1, 2, 4, 8].flatMap { outputs in
        [Resampling.Arithmetic.nearest, .single, .fixed].map {
          Case(
            access: .mapped(axis: 0, .resampled(Resampling(from: extent, to: outputs, $0))),
            extent: extent, outputs: outputs)
        }
      }
      return [copies] + margins + blocks + pixels + places
    }

    static let all = windows + others + transposed + functions
  }

  @Test(arguments: Case.all) func coordinatesAreThoseOfTheTaps(_ test: Case) {
    for outputs in test.ranges {
      let read = Set(outputs.flatMap(test.taps)).filter { (0..<test.extent).contains($0) }
      let ranges = test.access.coordinates(for: outputs, extent: test.extent)
      #expect(ranges.flatMap(Array.init) == read.sorted(), "\(outputs)")
      #expect(ranges.allSatisfy { !$0.isEmpty })
      // No two ranges touch: they could be one.
      #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
    }
  }

  @Test(arguments: Case.all) func boundsAreTheSmallest(_ test: Case) {
    for outputs in test.ranges {
      let read = Set(outputs.flatMap(test.taps)).filter { (0..<test.extent).contains($0) }
      let bounds = test.access.bounds(for: outputs, extent: test.extent)
      guard let first = read.min(), let last = read.max() else {
        #expect(bounds.isEmpty, "\(outputs)")
        continue
      }
      #expect(bounds == first..<last + 1, "\(outputs)")
    }
  }

  @Test(arguments: Case.all) func tapsCountWhereTheyAreNearest(_ test: Case) {
    for outputs in test.ranges {
      for low in 0..<test.extent {
        for high in low...test.extent {
          let count = outputs.flatMap(test.taps).count {
            (low..<high).contains(min(max($0, 0), test.extent - 1))
          }
          #expect(
            test.access.tapCount(for: outputs, extent: test.extent, reduce: low..<high) == count,
            "\(outputs) in \(low..<high)")
        }
      }
    }
  }
}
