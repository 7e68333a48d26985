import Graph
import Ops
import Tensor
import TestSupport
import Testing
import TiledExec

/// Windows whose taps lie apart read no more than the taps.
@Suite struct SparseReadTests {
  /// Three taps two rows apart: rows 0, 2 and 4 lie at 0, 2 and 1 of a ring of three.
  @Test func aRingHoldsTheRowsThatAreRead() throws {
    let graph = try Self.dilated()
    let whole = Plan.identity(graph, profile: .tflm)
    let sample = Bytes(copying: (0..<40).map { Int8(truncatingIfNeeded: $0 &* 37) })
    let expected = try Executor(PlanBinding(whole, to: graph)).run([sample]).outputs

    var plan = whole
    plan.buffers[1].rings = [1: 3]
    var steps = [0, 2, 4].map { row in
      var step = whole.steps[0]
      step.outputs[0].region[1] = row..<row + 1
      return step
    }
    steps.append(whole.steps[1])
    plan.steps = steps
    #expect(try Executor(PlanBinding(plan, to: graph)).run([sample]).outputs == expected)
  }

  /// A pixelwise convolution, then one that reads rows 0, 2 and 4 into one row.
  private static func dilated() throws -> Graph {
    var builder = GraphBuilder(seed: 4)
    let input = try builder.input([1, 5, 4, 2])
    let first = try builder.convolution(input, channels: 2, window: [1, 1])
    let last = try builder.convolution(
      first, channels: 3, window: [3, 1], dilation: [2, 1], isSame: false)
    return try builder.graph(outputs: [last])
  }
}
