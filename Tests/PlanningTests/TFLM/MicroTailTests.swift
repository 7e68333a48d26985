import Graph
import Ops
import Planning
import TestSupport
import Testing

@Suite struct MicroTailTests {
  /// What the interpreter for x86-64 reports of parts that it names, and its tail less what recording takes.
  @Test(arguments: [
    ("keyword_spotter", 840, 832, 8272 - 208), ("text_classifier", 312, 384, 1760 - 208),
  ])
  func partsOfFixtures(_ name: String, _ tensors: Int, _ nodes: Int, _ bytes: Int) throws {
    let tail = MicroTail(try GraphFixture.graph(name), pointerSize: 8)
    #expect(tail.evalTensors == tensors)
    #expect(tail.nodes == nodes)
    #expect(tail.bytes <= bytes && bytes - tail.bytes <= bytes / 10)
  }

  @Test(arguments: Fixtures.names) func narrowPointersTakeLess(_ name: String) throws {
    let graph = try GraphFixture.graph(name)
    let (narrow, wide) = (MicroTail(graph), MicroTail(graph, pointerSize: 8))
    #expect(narrow.bytes < wide.bytes && 2 * narrow.bytes > wide.bytes)
    #expect(narrow.bytes == narrow.parts.reduce(0) { $0 + $1.bytes })
  }

  /// A state of 12 bytes takes 16, once, however often it is changed; its later versions are no tensors.
  @Test func variablesAreCountedOnce() throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 6])
    let first = try builder.svdf(input, units: 3, memory: 4)
    // Pointers of 8 bytes to scratch end at multiples of 16.
    let one = MicroTail(try builder.graph(outputs: [first]), pointerSize: 8)
    let second = try builder.svdf(input, units: 3, memory: 4, sharesState: true)
    let two = MicroTail(try builder.graph(outputs: [first, second]), pointerSize: 8)
    #expect((one.variables, two.variables) == (16, 16))
    #expect(two.evalTensors - one.evalTensors == 24 * 4)
  }
}
