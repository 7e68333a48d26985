import Ops
import Tensor
import TestSupport
import Testing

@Suite struct MirrorPadTests {
  private func pad(_ mode: Int8) throws -> MirrorPad {
    try MirrorPad(MirrorPad.builtins[0], options: OptionValues([0: .int8(mode)]))
  }

  /// Three columns with two before and one behind.
  static let accepted = Signature(
    inputs: [Operand(Codes.type(Shape(3))), Codes.integers([2, 1], shape: Shape(1, 2))],
    outputs: [Codes.type(Shape(6))])

  @Test func mirrors() throws {
    #expect(try Codes.of(pad(0), Self.accepted, [1, 2, 3]) == [3, 2, 1, 2, 3, 2])
    #expect(try Codes.of(pad(1), Self.accepted, [1, 2, 3]) == [2, 1, 1, 2, 3, 3])
    #expect(try pad(0).options == OptionValues([0: .int8(0)]))
    #expect(throws: OptionError.self) { try pad(2) }
  }

  /// The margin before reads what lies behind it.
  @Test func readsTheMirroredPart() throws {
    let access = try pad(0).access(Self.accepted, output: 0)
    #expect(access.coordinates(of: 0, for: Region([0..<2])) == [[1..<3]])
    #expect(access.coordinates(of: 0, for: Region([2..<4])) == [[0..<2]])
    #expect(access.bounds(of: 0, for: Region([5..<6])) == Region([1..<2]))
  }

  static let refusals =
    Refusal.movedResult + Refusal.attributes(1) + [
      Refusal("a margin of all", .invalid, .operand(1)) {
        $0.inputs[1] = Codes.integers([3, 1], shape: Shape(1, 2))
      },
      Refusal("a margin of -1", .invalid, .operand(1)) {
        $0.inputs[1] = Codes.integers([2, -1], shape: Shape(1, 2))
      },
      Refusal("margins in a row", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([2, 1]) },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: pad(0), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(MirrorPad.self, .movement, [.rereadAxis])
  }
}
