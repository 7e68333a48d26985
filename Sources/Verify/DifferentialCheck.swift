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
    let executor = try Executor(binding, isGuarded: true)
    let reference = try ReferenceRun.executor(binding.graph, profile: binding.profile)
    var (peak, macs, referenceMACs, tried) = (0, 0, 0, 0)
    var difference: Difference?
    var largest = 0.0
    func result() -> Result {
      Result(
        difference: difference, largestFloatDifference: largest, sampleCount: tried,
        measuredPeakInBytes: peak, macs: macs, referenceMACs: referenceMACs)
    }
    for (index, sample) in samples.enumerated() {
      let expected = try ReferenceRun(reference, sample)
      referenceMACs = expected.macsByOperator.reduce(0, +)
      tried += 1
      let poisons: [UInt8] = index == 0 ? [0xA5, 0x5A] : [index % 2 == 0 ? 0xA5 : 0x5A]
      for poison in poisons {
        let execution = try executor.run(sample.inputs, poison: poison)
        peak = max(peak, execution.highestByteWritten)
        macs = execution.macs
        guard execution.outputs != expected.outputs else { continue }
        if difference == nil {
          difference = try locate(executor, sample, poison, expected)
        }
        if !measuresAll { return result() }
        for (index, tensor) in binding.graph.outputs.enumerated() {
          largest = max(
            largest,
            FloatDifference.relative(
              execution.outputs[index], expected.outputs[index],
              binding.graph.tensors[tensor].type.element))
        }
      }
    }
    return result()
  }

  /// Runs the plan again, step by step, and finds the first tile that differs.
  private static func locate(
    _ executor: Executor, _ sample: Sample, _ poison: UInt8, _ expected: ReferenceRun
  ) throws -> Difference? {
    let plan = executor.binding.plan
    var run = try PlanRun(executor, inputs: sample.inputs, poison: poison)
    while let index = run.performNextStep() {
      for destination in plan.steps[index].outputs {
        let tensor = plan.buffers[destination.buffer].tensor
        let actual = run.elements(of: destination)
        if let whole = expected.values[tensor],
          let difference = compare(
            actual, whole, destination.region, tensor, step: index, sample, executor.binding)
        {
          return difference
        }
      }
    }
    return nil
  }

  private static func compare(
    _ actual: Bytes, _ whole: Bytes, _ tile: Region, _ tensor: Int, step: Int, _ sample: Sample,
    _ binding: PlanBinding
  ) -> Difference? {
    let type = binding.graph.tensors[tensor].type
    let width = type.element.sizeInBytes
    let (found, wanted) = (actual.elements(of: UInt8.self), whole.elements(of: UInt8.self))
    var first: (coordinate: [Int], found: [UInt8], wanted: [UInt8])?
    var (count, position) = (0, 0)
    tile.forEachRow { start in
      let from = type.shape.index(of: start) * width
      for element in 0..<(tile.ranges.last?.count ?? 1) {
        let value = found[position..<position + width]
        let other = wanted[from + element * width..<from + (element + 1) * width]
        position += width
        guard !value.elementsEqual(other) else { continue }
        count += 1
        if first == nil {
          var coordinate = start
          if !coordinate.isEmpty { coordinate[coordinate.count - 1] += element }
          first = (coordinate, Array(value), Array(other))
        }
      }
    }
    guard let first else { return nil }
    let op = binding.plan.steps[step].op
    return Difference(
      sample: sample.name, tensor: binding.graph.tensors[tensor].shortName,
      coordinate: first.coordinate, tile: tile, step: step, producer: op,
      producerName: binding.graph.nodes[op].operatorName,
      expected: ElementValue(type.element, first.wanted),
      actual: ElementValue(type.element, first.found), count: count)
  }
}
