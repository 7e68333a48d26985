public import Graph
internal import Ops
internal import TiledExec
internal import Tensor

/// Runs a plan and its network on the same inputs and compares outputs byte for byte.
public struct DifferentialCheck {
  /// What the runs showed.
  public struct Result: Sendable {
    /// The first difference; `nil` if there was none on any sample.
    public let difference: Difference?
    /// The largest difference of a float output, relative to the largest number of that output, on the
    /// samples that differ; infinite where an output that differs is not of floats.
    public let largestFloatDifference: Double
    /// How many inputs were tried.
    public let sampleCount: Int
    /// The highest arena byte that any run wrote.
    public let measuredPeakInBytes: Int
    /// Multiply-accumulates that one run of the plan executed.
    public let macs: Int
    /// Multiply-accumulates that one run of the network executed.
    public let referenceMACs: Int
  }

  /// Tries every sample, or stops at the first difference, unless `measuresAll` asks how large
  /// differences of floats are.
  ///
  /// The first sample is run in arenas of two poisons, so that no byte that it writes looks unwritten;
  /// the others in either in turn.
  ///
  /// - Throws: what keeps the plan from being run, or an input that is not the network's.
  public static func run(
    _ binding: PlanBinding, on samples: [Sample], measuresAll: Bool = false
  ) throws -> Result {
    let reference = try NetworkExecutor(binding.graph, profile: binding.profile, isGuarded: true)
    return try run(
      Executor(binding, isGuarded: true), ExpectedOutputs(reference, of: samples),
      measuresAll: measuresAll)
  }

  /// The same of a plan that can be run and a network's outputs.
  static func run(
    _ executor: Executor, _ expected: ExpectedOutputs, measuresAll: Bool = false
  ) throws -> Result {
    let (binding, samples, reference) = (executor.binding, expected.samples, expected.reference)
    var (peak, macs, tried) = (0, 0, 0)
    var difference: Difference?
    var largest = 0.0
    func result() -> Result {
      Result(
        difference: difference, largestFloatDifference: largest, sampleCount: tried,
        measuredPeakInBytes: peak, macs: macs, referenceMACs: tried == 0 ? 0 : binding.graph.macs)
    }
    let bytes = max(binding.plan.peakInBytes, reference.bytesAtOnce)
    // As many at a time as the memory of the largest plan has room for.
    let width = max(1, min(expected.width, Plan.largestPeakInBytes / max(bytes, 1)))
    // Most of what is wrong shows on the first sample, so that few are run before it is seen.
    var batch = 0..<min(1, samples.count)
    while !batch.isEmpty {
      let jobs = batch.flatMap { index in Self.poisons(index).map { (index: index, poison: $0) } }
      let expectations = try expected.outputs(batch, atMost: width)
      let executions = Parallel.map(jobs.count, atMost: width) { job in
        Swift.Result { () throws(ExecutionError) in
          try executor.run(samples[jobs[job].index].inputs, poison: jobs[job].poison)
        }
      }
      for ((index, poison), execution) in zip(jobs, executions) {
        let expected = expectations[index - batch.lowerBound]
        let execution = try execution.get()
        tried = index + 1
        peak = max(peak, execution.highestByteWritten)
        macs = execution.macs
        guard execution.outputs != expected else { continue }
        if difference == nil {
          difference = try DifferenceSearch(
            executor: executor, reference: reference, sample: samples[index], poison: poison
          ).first()
        }
        if !measuresAll { return result() }
        for (index, tensor) in binding.graph.outputs.enumerated() {
          largest = max(
            largest,
            FloatDifference.relative(
              execution.outputs[index], expected[index],
              binding.graph.tensors[tensor].type.element))
        }
      }
      batch = batch.upperBound..<min(samples.count, batch.upperBound + min(2 * batch.count, 8))
    }
    return result()
  }

  /// What the arena holds before the runs on sample `index`.
  private static func poisons(_ index: Int) -> [UInt8] {
    index == 0 ? [0xA5, 0x5A] : [index % 2 == 0 ? 0xA5 : 0x5A]
  }
}
