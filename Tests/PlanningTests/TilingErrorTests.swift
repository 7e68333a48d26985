import Graph
import Ops
import Planning
import TestSupport
import Testing

@Suite struct TilingErrorTests {
  private typealias Case = LoweringCase

  @Test func anotherModel() throws {
    let graph = try GraphFixture.graph("residual_block")
    #expect(
      throws: TilingError.otherModel(expected: graph.modelHash, found: "another")
    ) {
      try TilingLowering.plan(
        Tiling(modelHash: "another", groups: []), for: graph, profile: .tflm)
    }
  }

  @Test(arguments: [
    [], [0, 0], [1, 0], [-1, 0], [4, 5, 6], [6], [0, 1, 1],
  ]) func operatorsThatAreNoAscendingIndices(_ ops: [Int]) throws {
    let group = FusedGroup(ops: ops, mode: .line)
    #expect(try error("residual_block", [group]) == .badOperators(group: 0, ops: ops, count: 6))
  }

  @Test func anOperatorInTwoGroups() throws {
    let groups = [Case.line(3...3), Case.line(0...1), Case.line(1...2)]
    #expect(try error("residual_block", groups) == .sharedOperator(group: 2, op: 1))
  }

  @Test func aTensorThatIsUsedOutside() throws {
    let graph = try GraphFixture.graph("residual_block")
    for (ops, tensor) in [([0, 2], 9), ([1, 3], 10), ([0, 1, 3], 10), ([0, 5], 9)] {
      let group = FusedGroup(ops: ops, mode: .recompute)
      #expect(
        try error("residual_block", [group])
          == .escapes(group: 0, tensor: graph.tensors[tensor].shortName), "\(ops)")
    }
  }

  @Test func aTensorThatIsAResultOfTheNetwork() throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 4, 4, 2])
    let inner = try builder.convolution(input, channels: 2, window: [3, 3])
    let last = try builder.convolution(inner, channels: 2, window: [3, 3])
    let graph = try builder.graph(outputs: [inner, last])
    #expect(throws: TilingError.escapes(group: 0, tensor: "node0")) {
      try TilingLowering.plan(
        Tiling(modelHash: graph.modelHash, groups: [Case.recompute(0...1)]), for: graph,
        profile: .tflm)
    }
  }

  @Test(arguments: [
    [], [0], [8], [0, 7], [1, 8], [0, 4, 4, 8], [0, 5, 4, 8], [0, 8, 9], [-1, 0, 8], [0, 8, 8],
  ]) func boundariesThatDoNotAscendToTheExtent(_ cuts: [Int]) throws {
    let found: [TilingError] = [
      .badCuts(group: 0, axis: "height", extent: 8, found: cuts),
      .badCuts(group: 0, axis: "width", extent: 6, found: cuts),
      .badCuts(group: 0, axis: "channels", extent: 8, found: cuts),
    ]
    #expect(try error("residual_block", [Case.recompute(0...3, height: cuts)]) == found[0])
    #expect(try error("residual_block", [Case.recompute(0...3, width: cuts)]) == found[1])
    #expect(try error("residual_block", [Case.line(0...3, width: cuts)]) == found[1])
    #expect(try error("residual_block", [Case.columns(0...3, height: cuts)]) == found[0])
    #expect(try error("residual_block", [Case.channels(0...1, cuts)]) == found[2])
  }

  @Test(arguments: [0, -1, .min]) func aStepBelowOne(_ step: Int) throws {
    let group = Case.line(0...1, step: step)
    #expect(try error("residual_block", [group]) == .badStep(group: 0, found: step))
  }

  @Test func anAxisThatCannotBeCut() throws {
    let spotter = "keyword_spotter"
    func fault(_ op: Int, _ name: String, _ axis: String) -> TilingError {
      .cannotCut(group: 0, op: op, operatorName: name, axis: axis)
    }
    #expect(
      try error(spotter, [Case.recompute(9...10, height: [0, 64])])
        == nil, "axis 1 of [1,64] is read one to one")
    #expect(
      try error(spotter, [Case.recompute(11...12, height: [0, 12])])
        == fault(12, "SOFTMAX", "height"))
    #expect(
      try error(spotter, [Case.recompute(9...10, width: [0, 1])])
        == fault(10, "RESHAPE", "width"))
    #expect(try error(spotter, [Case.line(12...12)]) == fault(12, "SOFTMAX", "height"))
    #expect(
      try error(spotter, [Case.line(9...10)]) == nil, "axis 1 of [1,64] is read one to one")
    #expect(try error(spotter, [Case.columns(9...10)]) == fault(10, "RESHAPE", "width"))
    #expect(
      try error(spotter, [Case.channels(12...12, [0, 12])]) == fault(12, "SOFTMAX", "channels"))
  }

  /// Two operators are at fault, RESHAPE and SOFTMAX; the first one is named.
  @Test func theFirstOfSeveralIsNamed() throws {
    let expected = TilingError.cannotCut(
      group: 0, op: 10, operatorName: "RESHAPE", axis: "width")
    let found = try error("keyword_spotter", [Case.columns(9...12)])
    #expect(found == expected)
  }

  @Test func channelsThatAreMixed() throws {
    func fault(_ op: Int, _ name: String) -> TilingError {
      .mixesChannels(group: 0, op: op, operatorName: name)
    }
    #expect(
      try error("residual_block", [Case.channels(0...2, [0, 8])]) == fault(1, "CONV_2D"))
    #expect(
      try error("residual_block", [Case.channels(3...5, [0, 8])]) == fault(4, "CONV_2D"))
    #expect(
      try error("keyword_spotter", [Case.channels(11...12, [0, 12])]) == fault(12, "SOFTMAX"))
  }

  @Test func groupsNestedWhereNestingIsNotDefined() throws {
    let (spatial, sliced) = (Case.recompute(1...2), Case.channels(1...1, [0, 8]))
    #expect(
      try error("residual_block", [Case.recompute(0...2, inner: spatial)])
        == .badNesting(group: 0, reason: .insideItself))
    #expect(
      try error("residual_block", [Case.recompute(0...2, inner: Case.line(1...2, width: [0, 12]))])
        == .badNesting(group: 0, reason: .cutTwice))
    #expect(
      try error("residual_block", [Case.recompute(2...3, inner: sliced)])
        == .badNesting(group: 0, reason: .notContained))
    for mode in [FusedGroup.Mode.line, .channels] {
      let group = FusedGroup(ops: [1, 2], mode: mode, inner: sliced)
      #expect(
        try error("residual_block", [group])
          == .keyOfOtherMode(group: 0, key: "inner", mode: mode))
    }
    var inner = Case.channels(0...1, [0, 4, 8])
    inner.inner = [Case.channels(1...1, [0, 8])]
    #expect(
      try error("residual_block", [Case.recompute(0...1, inner: inner)])
        == .keyOfOtherMode(group: 0, key: "inner", mode: .channels))
  }

  @Test func keysOfOtherModes() throws {
    func key(_ mode: FusedGroup.Mode, _ edit: (inout FusedGroup) -> Void) throws -> String? {
      var group = FusedGroup(ops: [0, 1], mode: mode)
      edit(&group)
      guard case .keyOfOtherMode(0, let key, mode)? = try error("residual_block", [group]) else {
        return nil
      }
      return key
    }
    #expect(try key(.recompute) { $0.cuts.channels = [0, 8] } == "cuts.channels")
    #expect(try key(.recompute) { $0.step = 2 } == "step")
    #expect(try key(.recompute) { $0.ringAxis = .width } == "ring_axis")
    #expect(try key(.recompute) { $0.cuts = .init(height: [0, 16], width: [0, 12]) } == nil)
    #expect(try key(.line) { $0.cuts.height = [0, 16] } == "cuts.height")
    #expect(try key(.line) { ($0.cuts.width, $0.ringAxis) = ([0, 12], .width) } == "cuts.width")
    #expect(try key(.line) { $0.cuts.channels = [0, 8] } == "cuts.channels")
    #expect(
      try key(.line) { ($0.cuts.height, $0.ringAxis, $0.step) = ([0, 16], .width, 3) } == nil)
    #expect(try key(.channels) { $0.cuts.height = [0, 16] } == "cuts.height")
    #expect(try key(.channels) { $0.cuts.width = [0, 12] } == "cuts.width")
    #expect(try key(.channels) { ($0.step, $0.ringAxis) = (2, .width) } == "ring_axis")
    #expect(try key(.channels) { $0.cuts.channels = [0, 8] } == nil)
  }

  @Test func messagesNameTheGroup() {
    #expect(
      TilingError.badCuts(group: 2, axis: "height", extent: 8, found: [0, 9]).description
        == "group 2: cuts.height: expected boundaries ascending from 0 to 8, found [0, 9]")
    #expect(
      TilingError.badNesting(group: 0, reason: .cutTwice).description
        == "group 0: inner: cuts.height and cuts.width are the outer group's")
  }

  /// The error of a tiling; `nil` for one that is lowered.
  private func error(_ model: String, _ groups: [FusedGroup]) throws -> TilingError? {
    let graph = try GraphFixture.graph(model)
    do throws(TilingError) {
      _ = try TilingLowering.plan(
        Tiling(modelHash: graph.modelHash, groups: groups), for: graph, profile: .tflm)
      return nil
    } catch {
      return error
    }
  }
}
