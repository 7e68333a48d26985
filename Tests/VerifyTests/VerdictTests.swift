import Graph
import Ops
import Tensor
import TestSupport
import Testing
import Verify

@Suite struct VerdictTests {
  @Test func withoutSamplesThereIsNone() throws {
    let graph = try GraphFixture.graph("residual_block")
    let report = try Verifier.verify(
      PlanBinding(BlockPlans.line(graph), to: graph), on: [], seed: 0)
    #expect(report.verdict == .inconclusive([.noInputs]))
    #expect(report.findings == [])
    #expect(report.differential?.sampleCount == 0)
    #expect(Verdict.Reason.noInputs.description.contains("no input was tried"))
  }

  @Test func aFaultNeedsNoSamples() throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = BlockPlans.channels(graph)
    plan.steps.remove(at: 3)
    let report = try Verifier.verify(PlanBinding(plan, to: graph), on: [], seed: 0)
    guard case .different(.findings(let findings)) = report.verdict else {
      Issue.record("\(report.verdict)")
      return
    }
    #expect(findings == report.findings)
    #expect(findings.count == 1)
  }

  @Test func theReportCountsThePlan() throws {
    let graph = try GraphFixture.graph("residual_block")
    let plan = BlockPlans.line(graph)
    let report = try Verifier.verify(
      PlanBinding(plan, to: graph), on: Sample.standard(for: graph, random: 1, seed: 0), seed: 0)
    #expect(report.profile == "tflm")
    #expect(report.bufferCount == 7)
    #expect(report.stepCount == 58)
    #expect(report.plannedPeakInBytes == plan.peakInBytes)
    #expect(report.verdict == .equivalent)
  }

  @Test(arguments: [16, 4096]) func bytesThatAreReservedAndNeverWritten(_ gap: Int) throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = BlockPlans.line(graph)
    let peak = plan.peakInBytes
    plan.buffers.append(
      PlanBuffer(
        name: "idle", tensor: 9, element: .int8, region: FaultCase.rows(0..<1),
        offset: peak + gap))
    let report = try Verifier.verify(
      PlanBinding(plan, to: graph), on: Sample.standard(for: graph, random: 1, seed: 0), seed: 0)
    let finding = Finding.peakNotReached(planned: peak + gap + 96, measured: peak)
    #expect(report.findings == [finding])
    #expect(report.verdict == .different(.findings([finding])))
    #expect(finding.description == "peak: \(peak + gap + 96) bytes planned, \(peak) measured")
  }

  /// The highest byte is the input's last one, and each sample has there what the memory holds.
  @Test func samplesThatLookLikeThePoison() throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = Plan.identity(graph, profile: .tflm)
    plan.buffers[0].offset = plan.peakInBytes
    let binding = try PlanBinding(plan, to: graph)
    let samples = [0xA5, 0x5A].map { byte in
      Sample(name: "\(byte)", inputs: [Bytes(copying: [UInt8](repeating: byte, count: 1536))])
    }
    #expect(try Verifier.verify(binding, on: [samples[0]], seed: 0).verdict == .equivalent)
    #expect(try Verifier.verify(binding, on: [samples[1]], seed: 0).verdict == .equivalent)
    let verdict = try Verifier.verify(binding, on: samples, seed: 0).verdict
    #expect(verdict == .equivalent)
  }
}
