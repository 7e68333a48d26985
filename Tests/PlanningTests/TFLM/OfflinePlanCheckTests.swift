import Graph
import Planning
import Tensor
import TestSupport
import Testing

/// Each finding about an offline memory plan, in a small network.
@Suite struct OfflinePlanCheckTests {
  /// A chain: the input, a convolution, a sum of the convolution with itself, another convolution.
  private struct Chain {
    let graph: Graph
    let input: Int
    let first: Int
    let sum: Int
    let last: Int

    init() throws {
      var builder = GraphBuilder()
      input = try builder.input([1, 4, 4, 4])
      first = try builder.convolution(input, channels: 4, window: [1, 1])
      sum = try builder.add(first, first)
      last = try builder.convolution(sum, channels: 4, window: [1, 1])
      graph = try builder.graph(outputs: [last])
    }

    /// The check of a plan that leaves all other tensors to the planner.
    func check(_ offsets: [Int: Int]) -> OfflinePlanCheck {
      let words = graph.tensors.indices.map { offsets[$0] ?? -1 }
      return OfflinePlanCheck(offsets: words, tensorCount: words.count, graph: graph)
    }
  }

  @Test func aSoundPlan() throws {
    let chain = try Chain()
    let check = chain.check([chain.input: 0, chain.first: 64, chain.sum: 0, chain.last: 64])
    #expect(check.findings == [])
    #expect(check.layout?.headBytes == 128)
    #expect(check.inPlaceResults == [])
  }

  /// What the last operator reads may be an output itself: it is read once more, by the application.
  @Test func anOutputIsNoPlace() throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 4, 4, 4])
    let first = try builder.convolution(input, channels: 4, window: [1, 1])
    let sum = try builder.add(first, first)
    func findings(_ outputs: [Int]) throws -> [OfflinePlanFinding] {
      let graph = try builder.graph(outputs: outputs)
      let offsets = graph.tensors.indices.map { [input: 64, first: 0, sum: 0][$0] ?? -1 }
      return OfflinePlanCheck(offsets: offsets, tensorCount: offsets.count, graph: graph).findings
    }
    #expect(try findings([sum]) == [])
    #expect(
      try findings([first, sum]) == [
        .overlap(.tensor(first), .tensor(sum), addresses: 0..<64, scopes: 2...2)
      ])
  }

  @Test func anotherCount() throws {
    let graph = try Chain().graph
    let check = OfflinePlanCheck(
      offsets: [0], tensorCount: graph.tensors.count, graph: graph)
    #expect(check.findings == [.count(found: 1, expected: graph.tensors.count)])
    #expect(check.layout == nil)
  }

  /// Offsets of tensors of later subgraphs are counted, and not looked at.
  @Test func laterSubgraphs() throws {
    let graph = try Chain().graph
    let offsets = graph.tensors.map { _ in -1 } + [-7, 3]
    let check = OfflinePlanCheck(offsets: offsets, tensorCount: offsets.count, graph: graph)
    #expect(check.findings == [])
  }

  @Test func anOffsetBelowTheArena() throws {
    let chain = try Chain()
    #expect(
      chain.check([chain.first: -16]).findings == [.negative(tensor: chain.first, offset: -16)])
  }

  @Test func aMisalignedOffset() throws {
    let chain = try Chain()
    #expect(
      chain.check([chain.first: 72]).findings == [.misaligned(tensor: chain.first, offset: 72)])
  }

  @Test func anEndPastAllBounds() throws {
    let chain = try Chain()
    let limit = Plan.largestPeakInBytes
    #expect(chain.check([chain.first: limit - 64]).findings == [])
    #expect(
      chain.check([chain.first: limit - 48]).findings
        == [.tooHigh(tensor: chain.first, end: limit + 16)])
  }

  /// The convolution reads its input while it writes: one byte in common is too many.
  @Test(arguments: [16, 48]) func aResultOnAnOperand(_ offset: Int) throws {
    let chain = try Chain()
    let check = chain.check([chain.input: 0, chain.first: offset, chain.sum: 128, chain.last: 0])
    #expect(
      check.findings == [
        .overlap(
          .tensor(chain.input), .tensor(chain.first), addresses: offset..<64, scopes: 1...1)
      ])
  }

  @Test func theSameAddressIsNoPlaceForAConvolution() throws {
    let chain = try Chain()
    let check = chain.check([chain.input: 0, chain.first: 0])
    #expect(
      check.findings == [
        .overlap(.tensor(chain.input), .tensor(chain.first), addresses: 0..<64, scopes: 1...1)
      ])
  }

  /// A sum may lie on its operand, element on element, and nowhere else.
  @Test func whatAnOperatorAllows() throws {
    let chain = try Chain()
    let check = chain.check([chain.first: 64, chain.sum: 64])
    #expect(check.findings == [])
    #expect(
      check.inPlaceResults == [.init(result: chain.sum, operand: chain.first, op: 1)])
    #expect(chain.check([chain.first: 64, chain.sum: 80]).findings.count == 1)
  }

  /// A convolution of single pixels may run ahead of what it has read by a pixel: 4 bytes.
  @Test func aConvolutionThatStartsEarlier() throws {
    let chain = try Chain()
    let check = chain.check([chain.input: 16, chain.first: 0])
    #expect(check.findings == [])
    #expect(
      check.inPlaceResults == [.init(result: chain.first, operand: chain.input, op: 0)])
    #expect(check.layout?.headBytes == 128)
  }

  /// The operand is read again later.
  @Test func anOperandThatIsReadAgain() throws {
    var builder = GraphBuilder()
    let (left, right) = (try builder.input([1, 4, 4, 4]), try builder.input([1, 4, 4, 4]))
    let sum = try builder.add(left, right)
    let last = try builder.add(sum, left)
    let graph = try builder.graph(outputs: [last])
    var offsets = graph.tensors.map { _ in -1 }
    (offsets[left], offsets[sum]) = (0, 0)
    let check = OfflinePlanCheck(offsets: offsets, tensorCount: offsets.count, graph: graph)
    #expect(
      check.findings == [
        .overlap(.tensor(left), .tensor(sum), addresses: 0..<64, scopes: 1...2)
      ])
  }

  @Test func offsetsOfConstantsHaveNoEffect() throws {
    let chain = try Chain()
    let constant = try #require(chain.graph.tensors.firstIndex { $0.constant != nil })
    let check = chain.check([constant: 8])
    #expect(check.findings == [])
    #expect(check.ignored == [constant])
  }

  /// State among the tensors must be left alone always, by what the planner places there as well.
  @Test func stateIsKept() throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 6])
    let first = try builder.svdf(input, units: 3, memory: 4)
    let second = try builder.fullyConnected(first, channels: 5)
    let graph = try builder.graph(outputs: [second])
    let state = graph.variables[0].before
    func check(_ fixed: [Int: Int]) -> OfflinePlanCheck {
      let offsets = graph.tensors.indices.dropLast().map { fixed[$0] ?? -1 }
      return OfflinePlanCheck(offsets: offsets, tensorCount: offsets.count, graph: graph)
    }
    let alone = check([state: 64, input: 0, first: 16, second: 0])
    #expect(alone.findings == [])
    #expect(alone.placedVariables == [state])
    #expect(
      check([state: 0, input: 16, first: 32, second: 0]).findings
        == [.overwrittenState(variable: state, by: .tensor(second), addresses: 0..<5)])
    // Left to the planner, the second result comes to lie on the state, which no operator reads then.
    #expect(check([state: 0]).findings.map(\.kind) == ["overwritten state"])
  }

  /// More is wrong than is worth listing.
  @Test func findingsAreBounded() throws {
    var builder = GraphBuilder()
    let inputs = try (0..<60).map { _ in try builder.input([1, 16]) }
    var sum = inputs[0]
    for input in inputs.dropFirst() { sum = try builder.add(sum, input) }
    let graph = try builder.graph(outputs: [sum])
    let offsets = graph.tensors.map { _ in 0 }
    let check = OfflinePlanCheck(offsets: offsets, tensorCount: offsets.count, graph: graph)
    #expect(check.findings.count == OfflinePlanCheck.largestFindingCount)
    #expect(check.hasMoreFindings)
  }

  /// Whatever a file says, the check ends; what it calls sound has no two results in one place.
  @Test(arguments: 0..<40 as Range<UInt64>) func randomOffsets(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let graph = try GraphFixture.graph("residual_block")
    let extremes = [-1, -2, Int(Int32.min), Int(Int32.max), 0, 16, 17]
    let offsets = graph.tensors.map { _ in
      Bool.random(using: &generator)
        ? extremes.randomElement(using: &generator) ?? 0
        : 16 * Int.random(in: 0...600, using: &generator)
    }
    let check = OfflinePlanCheck(offsets: offsets, tensorCount: offsets.count, graph: graph)
    let layout = try #require(check.layout)
    guard check.findings.isEmpty else { return }
    let places = layout.tensorOffsets(count: offsets.count)
    for node in graph.nodes {
      let results = node.outputs.compactMap { places[$0] }
      #expect(results.count == node.outputs.count && Set(results).count == results.count)
    }
  }
}
