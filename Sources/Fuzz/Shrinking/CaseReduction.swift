/// One way to make cases simpler.
protocol CaseReduction: Sendable {
  /// Simpler cases, the largest steps first, made when they are asked for: none where a step leads to no case, several
  /// where a recipe may follow its network in several ways.
  func candidates(of original: FuzzCase) -> [() -> [FuzzCase]]
}
