import Tensor
import Testing

/// Models that end early: no prefix is one.
@Suite struct CutFileTests {
  /// A quarter of the lengths of a file.
  struct Block: CustomTestStringConvertible, Sendable {
    let source: HostileSource
    let quarter: Int

    var testDescription: String { "\(source.name), lengths \(quarter) modulo 4" }

    static let all =
      ([.tiny] + HostileSource.subgraphs + HostileSource.fixtures
      + HostileSource.corpus).flatMap { source in
        (0..<4).map { Block(source: source, quarter: $0) }
      }
  }

  @Test(arguments: Block.all) func noPrefixIsAModel(_ block: Block) throws {
    let whole = Bytes(copying: try block.source.content)
    for count in stride(from: block.quarter, to: whole.count, by: 4) {
      let prefix = try #require(whole[0..<count])
      let fate = ModelFate.of(prefix)
      // A file may end in bytes that nothing refers to: the padding after its last part.
      #expect(fate == .malformed || count > whole.count - 16, "\(count) bytes")
    }
  }

  @Test(arguments: [.tiny] + HostileSource.subgraphs + HostileSource.fixtures) func theWholeIs(
    _ source: HostileSource
  ) throws {
    #expect(ModelFate.of(Bytes(copying: try source.content)) == .imported)
  }

  @Test func theTinyNetworkRuns() throws {
    let bytes = Bytes(copying: try HostileSource.tiny.content)
    #expect(ModelFate.of(bytes, running: [1, 2, 3], work: 1 << 14) == .ran)
  }
}
