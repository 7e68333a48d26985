import Ops
import Tensor
import TestSupport
import Testing

@Suite struct TileTests {
  private func tile() throws -> Tile { try Tile(Tile.builtins[0], options: OptionValues()) }

  /// Two rows of two, twice beside each other.
  static let accepted = Signature(
    inputs: [Operand(Codes.type(Shape(2, 2))), Codes.integers([1, 2])],
    outputs: [Codes.type(Shape(2, 4))])

  @Test func copies() throws {
    #expect(try Codes.of(tile(), Self.accepted, [1, 2, 3, 4]) == [1, 2, 1, 2, 3, 4, 3, 4])
    let access = try tile().access(Self.accepted, output: 0)
    #expect(access.operands[0] == [.window(axis: 0), .mapped(axis: 1, .repeated(period: 2))])
    // The last column of one copy and the first of the next.
    #expect(access.coordinates(of: 0, for: Region([0..<1, 1..<3])) == [[0..<1], [0..<2]])
  }

  @Test func copiesNothing() throws {
    var signature = Self.accepted
    signature.inputs[1] = Codes.integers([1, 0])
    signature.outputs[0].shape = Shape(2, 0)
    try tile().check(signature)
    #expect(try !tile().isImplemented(signature, by: .tflm))
  }

  static let refusals =
    Refusal.movedResult + Refusal.attributes(1) + [
      Refusal("copies along one axis", .invalid, .operand(1)) {
        $0.inputs[1] = Codes.integers([2])
      },
      Refusal("-1 copies", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([1, -1]) },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: tile(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(Tile.self, .movement, [.rereadAxis, .broadcast])
  }
}
