/// What an operator takes and how a plan may cut it, found by asking it.
public struct OperatorCapabilities: Sendable {
  /// The operator.
  public let builtin: Builtin
  /// The combinations of element types that its `check` accepts.
  ///
  /// One that leaves out operands, or results at the end, of another one is not listed beside it.
  public let types: [ElementCombination]
  /// Whether there may be any number of operands of one type.
  public let takesAnyNumber: Bool
  /// Whether there may be any number of results of one type.
  public let makesAnyNumber: Bool
  /// The axes that tiles of each result may cut, by result and rank.
  public let cutAxes: [[AxisUse]]
  /// The axes of the summed operand that partial sums may cut, by rank.
  public let summedAxes: [AxisUse]
  /// The operands that a result may lie on, element on element.
  public let inPlaceOperands: [Int]
  /// The operands that a result may overlap at a distance that follows from the tiling rule.
  public let overlappedOperands: [Int]
  /// Whether its products count as multiply-accumulates.
  public let countsMACs: Bool
}

extension Catalog {
  /// What each operator takes and how a plan may cut it, in the order of the catalogue.
  public static var capabilities: [OperatorCapabilities] {
    operators.flatMap { family in
      let survey = OperatorSurvey(of: family)
      return family.builtins.map(survey.capabilities)
    }
  }
}
