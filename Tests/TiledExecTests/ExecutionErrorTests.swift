import Graph
import Ops
import Tensor
import TestSupport
import Testing
import TiledExec

@Suite struct ExecutionErrorTests {
  private static let map = Region([0..<1, 0..<16, 0..<12, 0..<8])

  @Test func theIdentityRuns() throws {
    #expect(try error { _ in } == nil)
  }

  @Test func aReadOutsideItsBuffer() throws {
    var half = Self.map
    half[1] = 0..<15
    let found = try error { plan in
      plan.buffers[1].region = half
      plan.steps[0].outputs[0].region = half
    }
    #expect(
      found
        == .readOutsideBuffer(step: 1, operand: 0, buffer: "t9", holds: half, reads: Self.map))
  }

  @Test func aReadOfMoreThanARingHolds() throws {
    // Rows 14 and 15 are all that a ring of 2 can hold, and the convolution reads 16.
    let found = try error { $0.buffers[1].rings = [1: 15] }
    #expect(
      found
        == .writeOutsideBuffer(step: 0, buffer: "t9", holds: Self.map, writes: Self.map))
  }

  @Test func aWriteOutsideItsBuffer() throws {
    var half = Self.map
    half[2] = 1..<12
    let found = try error { $0.buffers[2].region = half }
    #expect(found == .writeOutsideBuffer(step: 1, buffer: "t10", holds: half, writes: Self.map))
  }

  @Test func sumsOutsideTheirBuffer() throws {
    let output = Region([0..<1, 0..<4, 0..<3, 0..<16])
    var half = output
    half[3] = 0..<8
    let found = try error { plan in
      let sums = plan.add(
        PlanBuffer(name: "sums", tensor: 14, element: .int32, region: half, offset: 8192))
      plan.steps[5].phase = .start
      plan.steps[5].sums = .init(buffer: sums, region: output)
      plan.steps[5].outputs = []
    }
    #expect(found == .writeOutsideBuffer(step: 5, buffer: "sums", holds: half, writes: output))
  }

  @Test func anInputInARing() throws {
    #expect(try error { $0.buffers[0].rings = [1: 16] } == .ringInput(buffer: "t0"))
  }

  @Test func anOutputThatIsNotLeftBehind() throws {
    let name = "StatefulPartitionedCall_1:0"
    #expect(try error { $0.steps.removeLast() } == .outputIncomplete(tensor: name, missing: 192))
    #expect(
      try error { $0.steps[5].outputs[0].region[1] = 0..<3 }
        == .outputIncomplete(tensor: name, missing: 48))
    #expect(
      try error { $0.buffers[6].rings = [1: 4] }
        == .outputIncomplete(tensor: name, missing: 192), "a ring is no place to stay")
    // The convolution's 9 last bytes, written again, lie on the first 9 of the output.
    let overwritten = try error { plan in
      plan.buffers[5].offset = plan.buffers[6].offset + 9 - 768
      plan.steps.append(plan.steps[4])
    }
    #expect(overwritten == .outputIncomplete(tensor: name, missing: 9))
  }

  @Test func inputsThatAreNotTheNetworks() throws {
    let graph = try GraphFixture.graph("residual_block")
    let executor = try Executor(PlanBinding(Plan.identity(graph, profile: .tflm), to: graph))
    func inputs(_ counts: Int...) -> [Bytes] {
      counts.map { Bytes(copying: [UInt8](repeating: 0, count: $0)) }
    }
    #expect(throws: ExecutionError.inputMismatch(input: nil, expected: 1, found: 0)) {
      try executor.run([])
    }
    #expect(throws: ExecutionError.inputMismatch(input: nil, expected: 1, found: 2)) {
      try executor.run(inputs(1536, 1536))
    }
    for count in [0, 1535, 1537] {
      #expect(throws: ExecutionError.inputMismatch(input: 0, expected: 1536, found: count)) {
        try executor.run(inputs(count))
      }
    }
  }

  @Test func messagesSayWhatWasExpected() {
    #expect(
      ExecutionError.inputMismatch(input: nil, expected: 1, found: 0).description
        == "expected 1 inputs, found 0")
    #expect(
      ExecutionError.readOutsideBuffer(
        step: 3, operand: 1, buffer: "b", holds: Region([0..<4]), reads: Region([2..<5])
      ).description == "step 3: operand 1 reads [2..<5], buffer b holds [0..<4]")
  }

  /// The error that an edit of the identity plan of `residual_block` brings; `nil` if it runs.
  private func error(_ edit: (inout Plan) -> Void) throws -> ExecutionError? {
    let graph = try GraphFixture.graph("residual_block")
    var plan = Plan.identity(graph, profile: .tflm)
    edit(&plan)
    let binding = try PlanBinding(plan, to: graph)
    do throws(ExecutionError) {
      _ = try Executor(binding)
      return nil
    } catch {
      return error
    }
  }
}
