/// Steps to be put in the order that needs the least memory.
///
/// A problem is valid by construction. The memory of an order is `liveBytes(of:)`; `OrderSearch`
/// finds the order of least peak.
public struct OrderProblem: Hashable, Sendable {
  /// Something that holds memory from the step that makes it to the last step that reads it.
  ///
  /// A value that nobody reads and that is not kept lives at the step that makes it only; without
  /// producer, before the first step only.
  public struct Value: Hashable, Sendable {
    /// The bytes it holds; at least 0.
    public var sizeInBytes: Int
    /// The step that makes it; `nil` where it is there before the first step.
    public var producer: Int?
    /// Whether it lives on after the last step.
    public var isKept: Bool

    /// A value of `sizeInBytes` bytes, made by `producer`.
    public init(sizeInBytes: Int, producer: Int?, isKept: Bool = false) {
      self.sizeInBytes = sizeInBytes
      self.producer = producer
      self.isKept = isKept
    }
  }

  /// A result that may lie on an operand that dies at its step.
  public struct Overlay: Hashable, Sendable {
    /// The value made.
    public var result: Int
    /// The value read.
    public var operand: Int
    /// By how many bytes the result has to start before the operand; at least 0.
    public var distance: Int

    /// The result may start `distance` bytes before the operand.
    public init(result: Int, operand: Int, distance: Int = 0) {
      self.result = result
      self.operand = operand
      self.distance = distance
    }
  }

  /// One step: it makes the values that name it as their producer, all at once.
  public struct Step: Hashable, Sendable {
    /// The values it reads.
    public var inputs: [Int]
    /// Bytes it needs for itself while it runs.
    public var scratchInBytes: Int
    /// Which of its results may lie on which of its operands.
    public var overlays: [Overlay]
    /// Steps that have to come before it although it reads nothing of theirs.
    public var after: [Int]

    /// A step that reads `inputs`.
    public init(
      inputs: [Int], scratchInBytes: Int = 0, overlays: [Overlay] = [], after: [Int] = []
    ) {
      self.inputs = inputs
      self.scratchInBytes = scratchInBytes
      self.overlays = overlays
      self.after = after
    }
  }

  /// The values, numbered by position.
  public let values: [Value]

  /// The steps, numbered by position.
  ///
  /// Each value a step reads is listed once, in ascending order. Overlays are sorted by result; an
  /// operand serves the result first given with it alone, and one that is kept serves none.
  public let steps: [Step]

  /// Per value, the steps that read it, in ascending order.
  let readers: [[Int]]

  /// Per step, the values it makes, in ascending order.
  let results: [[Int]]

  /// Checks the indices, the sizes and that some order exists.
  public init(values: [Value], steps: [Step]) throws(OrderProblemError) {
    try Self.check(values, steps)
    self.init(valid: values, steps)
    if let cycle = firstCycle { throw .cycle(cycle) }
  }

  /// A problem whose indices and sizes are known to be in range, and of which some order exists.
  init(valid values: [Value], _ steps: [Step]) {
    let steps = steps.map { Self.normalForm($0, values) }
    self.values = values
    self.steps = steps
    var readers = [[Int]](repeating: [], count: values.count)
    var results = [[Int]](repeating: [], count: steps.count)
    for (index, step) in steps.enumerated() {
      for value in step.inputs { readers[value].append(index) }
    }
    for (index, value) in values.enumerated() {
      if let producer = value.producer { results[producer].append(index) }
    }
    self.readers = readers
    self.results = results
  }

  /// The steps that have to come before `step`; some may be listed twice.
  func predecessors(of step: Int) -> [Int] {
    steps[step].inputs.compactMap { values[$0].producer } + steps[step].after
  }

  /// Whether the value outlives the step that makes it.
  func livesOn(_ value: Int) -> Bool { values[value].isKept || !readers[value].isEmpty }

  private static func normalForm(_ step: Step, _ values: [Value]) -> Step {
    var step = step
    step.inputs = Set(step.inputs).sorted()
    step.after = Set(step.after).sorted()
    var served: Set<Int> = []
    let overlays = step.overlays.filter {
      !values[$0.operand].isKept && served.insert($0.operand).inserted
    }
    step.overlays = overlays.sorted { ($0.result, $0.operand) < ($1.result, $1.operand) }
    return step
  }
}
