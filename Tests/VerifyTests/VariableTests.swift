import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing
import TiledExec
import Verify

/// Networks that keep something from one run to the next.
@Suite struct VariableTests {
  /// FULLY_CONNECTED, then SVDF of four units of two filters with a memory of three.
  private static func network() throws -> Graph {
    var builder = GraphBuilder(seed: 5)
    let dense = try builder.fullyConnected(builder.input([1, 6]), channels: 5)
    let units = try builder.svdf(dense, units: 4, rank: 2, memory: 3)
    return try builder.graph(outputs: [units])
  }

  /// The SVDF in two steps, of two units each.
  private static func halves(_ graph: Graph) -> Plan {
    var plan = Plan.identity(graph, profile: .tflm)
    let whole = plan.steps[1]
    let halves = [0, 1].map { half in
      var step = whole
      step.outputs[0].region[1] = 2 * half..<2 * half + 2
      step.outputs[1].region[1] = 12 * half..<12 * half + 12
      return step
    }
    plan.steps.replaceSubrange(1...1, with: halves)
    return plan
  }

  private static func samples(_ graph: Graph) -> [Sample] {
    Sample.standard(for: graph, random: 4, seed: 1)
  }

  private static func verdict(_ plan: Plan, _ graph: Graph) throws -> Verdict {
    try Verifier.verify(PlanBinding(plan, to: graph), on: samples(graph), seed: 3).verdict
  }

  @Test func stateIsGivenAndGotButNoPartOfTheArena() throws {
    let graph = try Self.network()
    #expect(graph.modelInputs.count == 1 && graph.inputs.count == 2)
    #expect(graph.modelOutputs.count == 1 && graph.outputs.count == 2)
    #expect(graph.stateInBytes == 24)
    #expect(graph.initialState == [Bytes(copying: [Int8](repeating: 4, count: 24))])
    let plan = Plan.identity(graph, profile: .tflm)
    let state = plan.buffers.filter { $0.memory == .state }
    #expect(state.map(\.tensor) == [graph.variables[0].before, graph.variables[0].after])
    // 6, 5 and 4 bytes, from multiples of 16 on.
    #expect(plan.peakInBytes == 36)
    for policy in InPlacePolicy.allCases {
      let planned = TilingLowering.untiled(
        graph, profile: .tflm, options: PlanningOptions(inPlace: policy))
      #expect(try Self.verdict(planned, graph) == .equivalent)
      #expect(planned.buffers.filter { $0.memory == .state }.count == 2)
    }
  }

  @Test func tilesMayEachChangeTheirPart() throws {
    let graph = try Self.network()
    #expect(try Self.verdict(Self.halves(graph), graph) == .equivalent)
    let binding = try PlanBinding(Self.halves(graph), to: graph)
    for sample in Self.samples(graph) {
      let run = try Executor(binding).run(sample.inputs, isShadowed: true)
      #expect(run.shadowFindings.isEmpty)
    }
  }

  /// Two operators keep one variable: each version is compared with what its operator makes.
  @Test func aVariableMayBeChangedTwice() throws {
    var builder = GraphBuilder(seed: 8)
    let first = try builder.svdf(builder.input([1, 6]), units: 4, memory: 3)
    let second = try builder.svdf(first, units: 4, memory: 3, sharesState: true)
    let graph = try builder.graph(outputs: [second])
    #expect(graph.variables.count == 1 && graph.variables[0].versions.count == 3)
    let plan = Plan.identity(graph, profile: .tflm)
    #expect(try Self.verdict(plan, graph) == .equivalent)
    // The second reads what the first one leaves, not what was there before.
    var early = plan
    early.steps[1].inputs[4] = early.steps[0].inputs[4]
    #expect(throws: PlanFaults.self) { try PlanBinding(early, to: graph) }
    let other = try Self.network()
    #expect(throws: InterfaceMismatch.self) {
      try RewriteCheck.compare(
        other, with: graph, profile: .tflm, on: Self.samples(graph), seed: 1)
    }
  }

  /// What a step changed is no longer what it was.
  @Test func nothingIsChangedTwice() throws {
    let graph = try Self.network()
    var plan = Self.halves(graph)
    plan.steps.append(plan.steps[2])
    let findings = try OwnershipWalk.findings(in: PlanBinding(plan, to: graph))
    guard case .notThere(3, 4, let tensor, 12, [0, 12], _) = findings.first else {
      Issue.record("\(findings.map(\.description))")
      return
    }
    #expect(tensor == "state")
  }

  @Test func nothingIsLeftOut() throws {
    let graph = try Self.network()
    var plan = Self.halves(graph)
    plan.steps[2].outputs.removeLast()
    let findings = try OwnershipWalk.findings(in: PlanBinding(plan, to: graph))
    #expect(findings.count == 1)
    #expect(findings.first?.description.contains("state after") == true)
  }

  /// All filters read one input, and are different functions of it.
  @Test func fingerprintsTellFiltersApart() throws {
    let graph = try Self.network()
    let executor = try Executor(PlanBinding(Plan.identity(graph, profile: .tflm), to: graph))
    let inputs = graph.inputs.map { tensor in
      let type = graph.tensors[tensor].type
      return Bytes(
        copying: (0..<type.shape.count).flatMap { Fingerprints.cells(UInt64($0 + 9), width: 1) })
    }
    var run = try PlanRun(executor, inputs: inputs, on: .field(FieldKey(77)))
    while run.performNextStep() != nil {}
    let state = run.finish().outputs[1].elements(of: UInt64.self)
    let features = (0..<8).map { state[$0 * 3 + 2] }
    #expect(Set(features).count == 8)
  }

  @Test func runsGoOnFromAStateOrAReset() throws {
    let graph = try Self.network()
    let input = Self.samples(graph)[3].inputs[0]
    let executor = try Executor(PlanBinding(Plan.identity(graph, profile: .tflm), to: graph))
    let first = try executor.run([input] + graph.initialState)
    let second = try executor.run([input, first.outputs[1]])
    #expect(first.outputs[1] != graph.initialState[0])
    #expect(second.outputs != first.outputs)
    let check = try RecordedCheck(graph, profile: .tflm)
    func recorded(_ name: String, _ output: Bytes, keepsState: Bool) -> RecordedCheck.Case {
      RecordedCheck.Case(name: name, inputs: [input], keepsState: keepsState, outputs: [output])
    }
    let cases = [
      recorded("seq0", first.outputs[0], keepsState: true),
      recorded("c0", first.outputs[0], keepsState: false),
      recorded("seq1", second.outputs[0], keepsState: true),
    ]
    #expect(try check.mismatches(in: cases).isEmpty)
    let reset = recorded("c1", second.outputs[0], keepsState: false)
    #expect(try check.mismatches(in: [cases[0], reset]).map(\.caseName) == ["c1"])
  }

  /// Three variables of 128 MiB are more than a model may keep.
  @Test func stateIsBounded() {
    let tensor = GraphTensor(name: "v", type: TensorType(.int8, Shape(1 << 27)))
    func graph(variables: Int) throws(GraphError) -> Graph {
      try Graph(
        tensors: [GraphTensor](repeating: tensor, count: variables), nodes: [], inputs: [],
        outputs: [], variables: (0..<variables).map { Variable(versions: [$0]) }, modelHash: "")
    }
    #expect(throws: Never.self) { try graph(variables: 2) }
    #expect(throws: GraphError.tooMuchState(bytes: 3 << 27)) { try graph(variables: 3) }
  }

  /// State outside its memory, or as a part, and other tensors in it.
  @Test func stateHasAMemoryOfItsOwn() throws {
    let graph = try Self.network()
    let plan = Plan.identity(graph, profile: .tflm)
    let state = try #require(plan.buffers.firstIndex { $0.memory == .state })
    let name = plan.buffers[state].name
    func faults(_ edit: (inout Plan) -> Void) -> [PlanFault] {
      var edited = plan
      edit(&edited)
      do { _ = try PlanBinding(edited, to: graph) } catch { return error.faults }
      return []
    }
    let expected = [PlanFault.badState(buffer: name, isVariable: true)]
    #expect(faults { $0.buffers[state].memory = .arena } == expected)
    #expect(faults { $0.buffers[state].rings = [1: 3] } == expected)
    #expect(faults { $0.buffers[state].offset = 16 } == [.badOffset(buffer: name, offset: 16)])
    #expect(
      faults { ($0.buffers[0].memory, $0.buffers[0].offset) = (.state, 0) }
        == [.badState(buffer: plan.buffers[0].name, isVariable: false)])
  }
}
