import Graph
import Planning
import TestSupport
import Testing

/// Which buffers a network has for TensorFlow Lite Micro, and when they are in use.
@Suite struct MicroBuffersTests {
  private func scopes(_ graph: Graph, fixedOffsets: [Int?] = []) -> [Int: ClosedRange<Int>] {
    let plan = MicroGreedyPlanner.plan(graph, fixedOffsets: fixedOffsets)
    return (plan?.buffers ?? []).reduce(into: [:]) { scopes, buffer in
      if case .tensor(let index) = buffer.content { scopes[index] = buffer.scopes }
    }
  }

  /// An input until its last reader, a result from its operator on, an output to the end; no constants.
  @Test func lifetimes() throws {
    var builder = GraphBuilder()
    let (left, right) = (try builder.input([1, 4, 4, 8]), try builder.input([1, 4, 4, 8]))
    let unread = try builder.input([1, 4])
    let sum = try builder.add(left, right)
    let early = try builder.convolution(sum, channels: 4, window: [1, 1])
    let last = try builder.add(sum, left)
    let graph = try builder.graph(outputs: [early, last])
    #expect(
      scopes(graph)
        == [left: 0...3, right: 0...1, unread: 0...0, sum: 1...3, early: 2...3, last: 3...3])
  }

  /// A result that nothing reads is in use while it is made.
  @Test func aResultThatNothingReads() throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 4, 4, 8])
    let unread = try builder.add(input, input)
    let last = try builder.add(input, input)
    #expect(
      scopes(try builder.graph(outputs: [last])) == [input: 0...2, unread: 1...1, last: 2...2])
  }

  /// What a variable holds lies elsewhere, unless an offline plan says where: nothing makes it then.
  @Test func variablesArePlannedWhereTheyAreFixedAlone() throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 6])
    let output = try builder.svdf(input, units: 3, memory: 4)
    let graph = try builder.graph(outputs: [output])
    let state = graph.variables[0].before
    #expect(scopes(graph) == [input: 0...1, output: 1...1])
    var offsets = [Int?](repeating: nil, count: graph.tensors.count)
    offsets[state] = 64
    #expect(scopes(graph, fixedOffsets: offsets) == [input: 0...1, output: 1...1, state: -1...1])
  }

  /// Features of three filters and results of three units, after all tensors, while the operator runs.
  @Test func scratchComesLast() throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 6])
    let first = try builder.svdf(input, units: 3, memory: 4)
    let second = try builder.svdf(first, units: 2, rank: 2, memory: 4)
    let plan = try #require(MicroGreedyPlanner.plan(builder.graph(outputs: [second])))
    let scratch = plan.buffers.dropFirst(3)
    #expect(scratch.map(\.content) == [0, 0, 1, 1].map { .scratch(op: $0) })
    #expect(scratch.map(\.sizeInBytes) == [12, 12, 16, 8])
    #expect(scratch.map(\.scopes) == [1...1, 1...1, 2...2, 2...2])
  }

  /// The head that TensorFlow Lite Micro's interpreter itself reports.
  @Test(arguments: [
    ("detector", 16_720), ("gesture_net", 36_864), ("image_classifier", 18_432),
    ("keyword_spotter", 16_000),
    ("magic_wand", 13_824), ("residual_block", 4_608), ("text_classifier", 4_352),
  ])
  func headsOfFixtures(_ name: String, _ bytes: Int) throws {
    #expect(MicroGreedyPlanner.plan(try GraphFixture.graph(name))?.headBytes == bytes)
  }

  /// The same of real models, with recurrent operators and their scratch among them.
  @Test(
    .enabled(if: Corpus.isPresent, "TILEWRIGHT_CORPUS names no folder"),
    arguments: [
      ("kws_aww", 16_000), ("mlperf_vww_i8", 73_728), ("mlperf_resnet_i8", 49_152),
      ("mlperf_toycar_i8", 768), ("person_detect_i8", 55_296), ("micro_speech_i8", 5_968),
      ("hello_world_i8", 32), ("cif_cifar10", 144_000), ("mw_magic_wand", 13_824),
      ("txt_text_class", 17_408), ("mobilenet_v1_025_128_f32", 524_288),
      ("keyword_scrambled_8bit", 672), ("mnist_lstm_f32", 5_696), ("mnist_lstm_i8", 1_536),
      ("dtln_ns_i8", 1_424), ("rnnoise_i8", 1_040), ("mobilenet_v2_100_224_i8", 1_505_280),
      ("pos_posenet257_i8", 1_597_536),
    ])
  func headsOfModels(_ name: String, _ bytes: Int) throws {
    let graph = try GraphFixture.graph(at: Corpus.model(name))
    #expect(MicroGreedyPlanner.plan(graph)?.headBytes == bytes)
  }
}
