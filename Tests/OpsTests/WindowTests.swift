import Ops
import Tensor
import Testing

/// Windows of every small geometry, against a count of their taps one by one.
@Suite struct WindowTests {
  /// A window's geometry.
  struct Geometry: CustomTestStringConvertible, Sendable {
    let extent: Int
    let size: Int
    let stride: Int
    let dilation: Int

    var testDescription: String {
      "extent \(extent), size \(size), stride \(stride), dilation \(dilation)"
    }

    /// Input coordinates from the first tap to the last.
    var span: Int { (size - 1) * dilation + 1 }

    /// The input coordinates of the window that starts at `start`, padding included.
    func taps(from start: Int) -> [Int] { (0..<size).map { start + $0 * dilation } }

    static let all = (1...6).flatMap { extent in
      (1...3).flatMap { size in
        (1...3).flatMap { stride in
          (1...2).map { Geometry(extent: extent, size: size, stride: stride, dilation: $0) }
        }
      }
    }
  }

  /// VALID: every start, a stride apart, whose taps all lie inside.
  @Test(arguments: Geometry.all) func validWindowsFit(_ geometry: Geometry) {
    var starts: [Int] = []
    for start in stride(from: 0, to: geometry.extent, by: geometry.stride)
    where geometry.taps(from: start).allSatisfy({ $0 < geometry.extent }) {
      starts.append(start)
    }
    check(geometry, padding: .valid, starts: starts)
  }

  /// SAME: a window per stride begun, the padding that this takes split evenly, the odd one last.
  @Test(arguments: Geometry.all) func sameWindowsCover(_ geometry: Geometry) {
    let count = Array(stride(from: 0, to: geometry.extent, by: geometry.stride)).count
    var before = 0
    var after = 0
    // Padding grows at the end first, until the last window fits.
    while (count - 1) * geometry.stride + geometry.span > before + geometry.extent + after {
      if after == before { after += 1 } else { before += 1 }
    }
    check(
      geometry, padding: .same, starts: (0..<count).map { $0 * geometry.stride - before })
  }

  private func check(_ geometry: Geometry, padding: Padding, starts: [Int]) {
    #expect(
      padding.outputExtent(
        extent: geometry.extent, size: geometry.size, stride: geometry.stride,
        dilation: geometry.dilation) == starts.count)
    let window = Window(
      size: geometry.size, stride: geometry.stride, dilation: geometry.dilation, padding: padding,
      extent: geometry.extent)
    #expect(window.access(axis: 1).outputAxis == 1)
    for (output, start) in starts.enumerated() {
      let inside = geometry.taps(from: start).filter { (0..<geometry.extent).contains($0) }
      let read = window.access(axis: 1)
        .coordinates(for: output..<output + 1, extent: geometry.extent)
      #expect(read.flatMap(Array.init) == inside)
    }
  }

  @Test func noWindowFits() {
    #expect(Padding.valid.outputExtent(extent: 2, size: 3, stride: 1, dilation: 1) == 0)
    #expect(Padding.valid.outputExtent(extent: 2, size: 9, stride: 2, dilation: 2) == 0)
    #expect(Padding.same.outputExtent(extent: 2, size: 9, stride: 2, dilation: 2) == 1)
  }

  @Test func readsTheSchemasCodes() throws {
    #expect(try Padding(OptionValues(), slot: 0) == .same)
    #expect(try Padding(OptionValues([2: .int8(1)]), slot: 2) == .valid)
    #expect(throws: OptionError.self) { try Padding(OptionValues([0: .int8(2)]), slot: 0) }
  }
}
