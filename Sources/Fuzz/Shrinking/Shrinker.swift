/// Finds the simplest case that still goes wrong.
public struct Shrinker: Sendable {
  /// Operators first: the fewer there are, the faster is all that follows.
  private static let reductions: [any CaseReduction] = [
    OperatorReduction(), EndReduction(), ExtentReduction(), ChannelReduction(), WindowReduction(),
    NumberReduction(), RecipeReduction(), TileReduction(), AttributeReduction(), WeightReduction(),
  ]

  /// How many cases may be tried.
  private let tries: Int

  /// Prepares to try so many cases.
  public init(tries: Int = 2_000) { self.tries = tries }

  /// A case that `goesWrong`, and that no step of any reduction makes simpler, unless tries ran out.
  ///
  /// - Precondition: the original goes wrong.
  public func shrink(
    _ original: FuzzCase, goesWrong: (FuzzCase) throws -> Bool
  ) rethrows -> FuzzCase {
    var (smallest, left) = (original, tries)
    var isSmaller = true
    while isSmaller && left > 0 {
      isSmaller = false
      for reduction in Self.reductions
      where try reduce(&smallest, by: reduction, &left, goesWrong) {
        isSmaller = true
      }
    }
    return smallest
  }

  /// Takes every step of a reduction after which the case still goes wrong; returns whether there was one.
  ///
  /// Steps that led nowhere are not tried again before all others were.
  private func reduce(
    _ smallest: inout FuzzCase, by reduction: any CaseReduction, _ left: inout Int,
    _ goesWrong: (FuzzCase) throws -> Bool
  ) rethrows -> Bool {
    var isSmaller = false
    var place = 0
    var candidates = reduction.candidates(of: smallest)
    while place < candidates.count && left > 0 {
      guard
        let simpler = try first(
          of: candidates[place](), with: smallest.mistake, &left, goesWrong)
      else {
        place += 1
        continue
      }
      smallest = simpler
      isSmaller = true
      candidates = reduction.candidates(of: smallest)
    }
    return isSmaller
  }

  /// The first case that goes wrong with the mistake that is made on purpose, if one is.
  private func first(
    of candidates: [FuzzCase], with mistake: Mistake?, _ left: inout Int,
    _ goesWrong: (FuzzCase) throws -> Bool
  ) rethrows -> FuzzCase? {
    for var candidate in candidates where left > 0 {
      candidate.mistake = mistake
      left -= 1
      if try goesWrong(candidate) { return candidate }
    }
    return nil
  }
}
