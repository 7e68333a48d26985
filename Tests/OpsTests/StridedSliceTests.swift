import Ops
import Tensor
import TestSupport
import Testing

@Suite struct StridedSliceTests {
  private func slice(
    startMask: Int32 = 0, endMask: Int32 = 0, droppedMask: Int32 = 0, endsAreOffsets: Bool = false
  ) throws -> StridedSlice {
    try StridedSlice(
      StridedSlice.builtins[0],
      options: OptionValues([
        0: .int32(startMask), 1: .int32(endMask), 4: .int32(droppedMask),
        5: .bool(endsAreOffsets),
      ]))
  }

  private static func signature(
    _ input: Shape, _ starts: [Int32], _ ends: [Int32], _ strides: [Int32], _ output: Shape
  ) -> Signature {
    Signature(
      inputs: [Operand(Codes.type(input))] + [starts, ends, strides].map { Codes.integers($0) },
      outputs: [Codes.type(output)])
  }

  /// The digits 0 to 9 from `start` to `end`, of which `count` are taken.
  private func digits(
    _ operation: StridedSlice, _ start: Int32, _ end: Int32, by stride: Int32, count: Int
  ) throws -> [Int32] {
    try Codes.of(
      operation, Self.signature(Shape(10), [start], [end], [stride], Shape(count)),
      Array(0..<10 as Range<Int32>))
  }

  @Test func takesEveryThird() throws {
    #expect(try digits(slice(), 1, 8, by: 3, count: 3) == [1, 4, 7])
    #expect(try digits(slice(), 1, 7, by: 3, count: 2) == [1, 4])
  }

  /// -3 is 7; what lies beyond the ends is cut.
  @Test func countsFromTheEnd() throws {
    #expect(try digits(slice(), -3, -1, by: 1, count: 2) == [7, 8])
    #expect(try digits(slice(), -30, 2, by: 1, count: 2) == [0, 1])
    #expect(try digits(slice(), 8, .max, by: 1, count: 2) == [8, 9])
    #expect(try digits(slice(), 4, 4, by: 1, count: 0).isEmpty)
    #expect(try digits(slice(), 6, 2, by: 1, count: 0).isEmpty)
  }

  /// From 9 down; an end of -11 lies before the first digit, one of -1 is 9 itself.
  @Test func goesBackwards() throws {
    #expect(try digits(slice(), -1, 2, by: -2, count: 4) == [9, 7, 5, 3])
    #expect(try digits(slice(), 2, -11, by: -1, count: 3) == [2, 1, 0])
    #expect(try digits(slice(), 30, 7, by: -1, count: 2) == [9, 8])
    #expect(try digits(slice(), 2, -1, by: -1, count: 0).isEmpty)
  }

  /// A mask puts start or end at the edge that the stride comes from or goes to.
  @Test func ignoresWhatIsMasked() throws {
    #expect(try digits(slice(startMask: 1), 5, 3, by: 1, count: 3) == [0, 1, 2])
    #expect(try digits(slice(endMask: 1), 7, 0, by: 1, count: 3) == [7, 8, 9])
    #expect(try digits(slice(startMask: 1), 5, 7, by: -1, count: 2) == [9, 8])
    #expect(try digits(slice(endMask: 1), 4, 5, by: -2, count: 3) == [4, 2, 0])
  }

  /// An end of 3 is three behind the start.
  @Test func countsEndsFromStarts() throws {
    #expect(try digits(slice(endsAreOffsets: true), 5, 3, by: 1, count: 3) == [5, 6, 7])
    #expect(try digits(slice(endsAreOffsets: true), -4, 2, by: 1, count: 2) == [6, 7])
  }

  /// Rows 0 and 1 of column -1, which is 2, the axis of columns dropped.
  @Test func dropsAxes() throws {
    let signature = Self.signature(Shape(2, 3), [0, -1], [2, 0], [1, 1], Shape(2))
    let operation = try slice(droppedMask: 2)
    #expect(try Codes.of(operation, signature, [1, 2, 3, 4, 5, 6]) == [3, 6])
    #expect(operation.access(signature, output: 0).operands[0] == [.window(axis: 0), .fixed(2)])
  }

  /// One row of two, without its axis: the columns follow axis 0.
  @Test func movesAxesUp() throws {
    let signature = Self.signature(Shape(2, 3), [1, 2], [2, -4], [1, -2], Shape(2))
    let operation = try slice(droppedMask: 1)
    #expect(try Codes.of(operation, signature, [1, 2, 3, 4, 5, 6]) == [6, 4])
    #expect(
      operation.access(signature, output: 0).operands[0]
        == [.fixed(1), .window(axis: 0, stride: -2, offset: 2)])
  }

  /// Axes behind those that are stated are taken whole.
  @Test func takesTheOtherAxesWhole() throws {
    let signature = Self.signature(Shape(2, 3), [1], [2], [1], Shape(1, 3))
    #expect(try Codes.of(slice(), signature, [1, 2, 3, 4, 5, 6]) == [4, 5, 6])
  }

  @Test func slicesFloats() throws {
    let signature = Signature(
      inputs: [Operand(Floats.type(Shape(3)))]
        + [[2], [-4], [-1]].map { Codes.integers($0) },
      outputs: [Floats.type(Shape(3))])
    #expect(try Floats.of(slice(), signature, [0.5, -1, 2]) == [2, -1, 0.5])
  }

  /// Of words of 64 bits the largest end stands for the edge, and no start or stride is too far off
  /// to be refused or cut.
  @Test func takesLongAttributes() throws {
    func signature(_ start: Int64, _ end: Int64, _ stride: Int64) -> Signature {
      Signature(
        inputs: [Operand(Codes.type(Shape(3)))]
          + [start, end, stride].map {
            Operand(TensorType(.int64, Shape(1)), constant: Bytes(copying: [$0]))
          }, outputs: [Codes.type(Shape(2))])
    }
    let offsets = try slice(endsAreOffsets: true)
    #expect(try Codes.of(offsets, signature(1, .max, 1), [1, 2, 3]) == [2, 3])
    #expect(try Codes.of(slice(), signature(.max, .min, -2), [1, 2, 3]) == [3, 1])
    #expect(
      try Codes.refusal(of: slice(), signature(.max, .min, .min))?.subject == .operand(3))
  }

  /// 9, 7, 5, 3: the second and third read 7 and 5, and nothing between.
  @Test func readsBackwards() throws {
    let signature = Self.signature(Shape(10), [-1], [2], [-2], Shape(4))
    let access = try slice().access(signature, output: 0)
    #expect(access.operands[0] == [.window(axis: 0, stride: -2, offset: 9)])
    #expect(access.bounds(of: 0, for: Region([1..<3])) == Region([5..<8]))
    #expect(access.coordinates(of: 0, for: Region([1..<3])) == [[5..<6, 7..<8]])
  }

  static let accepted = signature(Shape(2, 3), [0, 0], [2, 2], [1, 1], Shape(2, 2))

  static let refusals =
    Refusal.movedResult + Refusal.attributes(1) + Refusal.attributes(2) + Refusal.attributes(3) + [
      Refusal("a stride of 0", .invalid, .operand(3)) { $0.inputs[3] = Codes.integers([1, 0]) },
      Refusal("one start", .invalid, .operands) { $0.inputs[1] = Codes.integers([0]) },
      Refusal("three of each", .invalid, .operands) { signature in
        for index in 1...3 { signature.inputs[index] = Codes.integers([1, 1, 1]) }
      },
      Refusal("no tensor", .invalid, .operands) { $0.inputs[0] = nil },
      Refusal("a result of three columns", .invalid, .output(0)) {
        $0.outputs[0].shape = Shape(2, 3)
      },
      Refusal("two results", .invalid, .operands) { $0.outputs.append($0.outputs[0]) },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: slice(), Self.accepted)
  }

  /// Of three columns there is no fourth to keep.
  @Test func refusesADroppedCoordinateBeyondTheEnd() throws {
    let signature = Self.signature(Shape(2, 3), [0, 3], [2, 4], [1, 1], Shape(2))
    #expect(try Codes.refusal(of: slice(droppedMask: 2), signature)?.subject == .operand(1))
  }

  /// Nothing is written there.
  @Test func refusesToDropBackwards() throws {
    let signature = Self.signature(Shape(2, 3), [0, -1], [2, 0], [1, -1], Shape(2))
    #expect(try Codes.refusal(of: slice(droppedMask: 2), signature)?.kind == .unsupported)
  }

  /// Masks of an ellipsis and of new axes.
  @Test(arguments: [2, 3]) func refusesMasks(_ slot: Int) {
    #expect(throws: OptionError.self) {
      try StridedSlice(StridedSlice.builtins[0], options: OptionValues([slot: .int32(1)]))
    }
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      StridedSlice.self, .movement,
      [.strideAboveOne, .negativeStride, .fixedCoordinate, .fewerAxes, .negativeAttribute])
  }
}
