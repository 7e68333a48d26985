public import Fuzz
internal import Graph
internal import Ops

/// A mistake that a tiler, or what runs its plans, makes wherever it can: each a wrong tiler of its own.
public enum PlantedBug: String, Hashable, Sendable, CaseIterable {
  /// A tile has one row and column less of its operands than its windows read.
  case haloShort = "halo"
  /// Rings have room for one coordinate less.
  case ringShort = "ring wrap"
  /// Sums are finished twice, so that the bias is added twice.
  case biasTwice = "bias twice"
  /// Sums are finished before the last of their parts is added.
  case finishedEarly = "early requantize"
  /// Where SAME padding is odd and the stride is 2, there is more of it before the map than behind.
  case paddingSide = "padding on the wrong side"
  /// Windows are read without gaps.
  case dilationIgnored = "dilation ignored"
  /// DEPTHWISE_CONV_2D reads the channel of the result's number.
  case multiplierIgnored = "depth multiplier ignored"
  /// Operands of CONCATENATION all lie at the result's start.
  case offsetIgnored = "concatenation offset"
  /// A buffer is given away when all but the last of its readers have run.
  case reusedEarly = "early reuse"
  /// A result lies on any operand that is not read later.
  case liesOnOperand = "in-place hazard"
  /// Sums of 32 bits are kept in 16 between their parts.
  case sumsSaturate = "partial sums saturate"
  /// A tile of channels takes the multipliers from channel 0 on.
  case multipliersFromFirst = "channel slice of multipliers"

  /// What is wrong with the plan that a case's recipe gives with the bug; `nil` if nothing is, or there is no plan.
  ///
  /// Its network is judged with the same bug where it is one of kernels.
  public func failure(of fuzzCase: FuzzCase) throws -> CaseFailure? {
    let (graph, recipe) = (fuzzCase.graph, fuzzCase.recipe)
    // A tiling that cannot be lowered is no case, and where the bug changes nothing there is none.
    guard let sound = try? recipe.plan(of: graph), let plan = try plan(fuzzCase, sound: sound),
      let judged = try judged(graph, plan)
    else { return nil }
    return try CaseJudge(judged, profile: recipe.profile, seed: 1).failure(of: plan)
  }

  /// The plan with the bug; `nil` if it is the sound one and the bug is one of plans, or if there is none.
  private func plan(_ fuzzCase: FuzzCase, sound: Plan) throws -> Plan? {
    if isOfKernels { return sound }
    var plan: Plan? = sound
    if let edited = edited(sound, of: fuzzCase.graph) {
      plan = edited
    } else {
      let misread = try OperatorAlteration.graph(fuzzCase.graph) { _, node in misreading(node) }
      plan = try? fuzzCase.recipe.plan(of: misread)
    }
    return plan == sound ? nil : plan
  }

  /// The network that is run; `nil` if the bug is one of kernels and none has a part in the plan.
  private func judged(_ graph: Graph, _ plan: Plan) throws -> Graph? {
    guard isOfKernels else { return graph }
    let ops = Set(plan.steps.filter { isReached(by: $0, of: graph) }.map(\.op))
    return ops.isEmpty
      ? nil : try OperatorAlteration.graph(graph) { op, _ in ops.contains(op) ? misrunning : nil }
  }

  private var isOfKernels: Bool { self == .sumsSaturate || self == .multipliersFromFirst }
}
