public import Graph
internal import Ops
internal import Tensor

/// What `measure` shows: bytes and multiply-accumulates, per operator and over time.
public struct MeasureDocument: Document {
  struct Row: Encodable {
    let op: Int
    let name: String
    let output: String
    let steps: Int
    let macs: Int
    let liveBytes: Int
  }

  struct Binding: Encodable {
    let buffer: String
    let tensor: String
    let bytes: Int
  }

  /// A peak that no layout goes under, and what it takes to be allowed to overlap.
  public struct Bound: Encodable, Sendable {
    let inPlace: String
    let inItsOrder: Int
    let inAnyOrder: Int
    let isReached: Bool

    /// States a bound for the plan's order of steps, and one for any; whether some order is known to reach
    /// that.
    public init(inPlace: String, inItsOrder: Int, inAnyOrder: Int, isReached: Bool) {
      self.inPlace = inPlace
      self.inItsOrder = inItsOrder
      self.inAnyOrder = inAnyOrder
      self.isReached = isReached
    }
  }

  /// What TensorFlow Lite Micro's arena holds.
  public struct MicroArena: Encodable, Sendable {
    struct Part: Encodable, Sendable {
      let name: String
      let bytes: Int
    }

    let plannedInBytes: Int?
    let largestScratchInBytes: Int
    let estimatedPersistentInBytes: Int
    let estimatedPersistentParts: [Part]

    /// States what its planner takes, `nil` where there is too much to plan, and an estimate of what persists, part by part.
    ///
    /// `largestScratchInBytes` is what the kernel that asks for most scratch takes.
    public init(
      plannedInBytes: Int?, largestScratchInBytes: Int, persistent: [(name: String, bytes: Int)]
    ) {
      self.largestScratchInBytes = largestScratchInBytes
      self.plannedInBytes = plannedInBytes
      estimatedPersistentInBytes = persistent.reduce(0) { $0 + $1.bytes }
      estimatedPersistentParts = persistent.map { Part(name: $0.name, bytes: $0.bytes) }
    }
  }

  let model: String
  let profile: String
  let plan: String
  let measuredPeakInBytes: Int
  let plannedPeakInBytes: Int
  let bounds: [Bound]
  let micro: MicroArena
  let stateInBytes: Int
  let macs: Int
  let operators: [Row]
  let peakStep: Int?
  let binding: [Binding]
  let liveBytesByStep: [Int]

  /// Gathers what is shown.
  ///
  /// `plan` says in a few words what the plan is; `liveBytes` are, by step, the bytes of the buffers
  /// that are live, and `bindingBuffers` those that are live where that is most.
  public init(
    model: String, plan: String, _ bound: PlanBinding, measuredPeakInBytes: Int,
    macsByOperator: [Int], liveBytes: [Int], peakStep: Int?, bindingBuffers: [Int],
    bounds: [Bound], micro: MicroArena
  ) {
    self.bounds = bounds
    self.micro = micro
    self.model = model
    self.plan = plan
    profile = bound.profile.name
    self.measuredPeakInBytes = measuredPeakInBytes
    plannedPeakInBytes = bound.plan.peakInBytes
    stateInBytes = bound.graph.stateInBytes
    macs = macsByOperator.reduce(0, +)
    liveBytesByStep = liveBytes
    self.peakStep = peakStep
    let graph = bound.graph
    operators = graph.nodes.enumerated().map { op, node in
      let steps = bound.plan.steps.indices.filter { bound.plan.steps[$0].op == op }
      return Row(
        op: op, name: node.operatorName,
        output: node.signature.outputs.map(\.description).joined(separator: " "),
        steps: steps.count, macs: macsByOperator[op],
        liveBytes: steps.map { liveBytes[$0] }.max() ?? 0)
    }
    binding = bindingBuffers.map { index in
      let buffer = bound.plan.buffers[index]
      return Binding(
        buffer: buffer.name, tensor: graph.tensors[buffer.tensor].shortName,
        bytes: buffer.sizeInBytes)
    }
  }

  /// A row per operator, then the peak and what binds it.
  public var text: String {
    var table = TextTable(
      ["op", "operator", "output", "steps", "MACs", "live bytes"], rightAligned: [0, 3, 4, 5])
    for row in operators {
      table.add([
        "\(row.op)", row.name, row.output, row.steps.grouped, row.macs.grouped,
        row.liveBytes.grouped,
      ])
    }
    var lines = [
      "model  \(model), profile \(profile), \(plan)", "", table.text, "",
      "peak   \(measuredPeakInBytes.grouped) bytes measured, "
        + "\(plannedPeakInBytes.grouped) planned",
    ]
    lines += bounds.enumerated().map { ($0 == 0 ? "bound  " : "       ") + describe($1) }
    let scratch =
      micro.largestScratchInBytes > 0
      ? " with scratch of kernels, up to \(micro.largestScratchInBytes.grouped) at a time," : ""
    lines += [
      "TFLM   \(micro.plannedInBytes?.grouped ?? "too many") bytes by its own planner\(scratch) and "
        + "about \(micro.estimatedPersistentInBytes.grouped) that persist on a 32-bit target "
        + "(an estimate)",
      "MACs   \(macs.grouped) executed",
    ]
    if stateInBytes > 0 {
      lines.append("state  \(stateInBytes.grouped) bytes kept between runs, outside the peak")
    }
    if let peakStep {
      lines.append(
        "bound by, at step \(peakStep): "
          + binding.map { "\($0.tensor) (\($0.bytes.grouped))" }.joined(separator: ", ")
          + (binding.count > 1 ? "; together \(liveBytesByStep[peakStep].grouped)" : ""))
    }
    return lines.joined(separator: "\n")
  }

  private func describe(_ bound: Bound) -> String {
    "\(bound.inItsOrder.grouped) bytes in this order, \(bound.isReached ? "" : "at least ")"
      + "\(bound.inAnyOrder.grouped) in any; in place: \(bound.inPlace)"
  }
}
