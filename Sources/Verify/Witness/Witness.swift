public import Graph

/// A plan reduced to what a difference takes, and an input that shows it.
public struct Witness: Sendable {
  /// What is left of the plan: some steps as they are, everything else whole.
  public let plan: Plan
  /// Which steps of the plan those are.
  public let steps: [Int]
  /// The input.
  public let input: InputWitness
}

extension Witness: CustomStringConvertible {
  /// What is left of plan and input, and what differs.
  public var description: String {
    let shown = steps.prefix(8).map(String.init).joined(separator: ", ")
    let rest = steps.count > 8 ? " and \(steps.count - 8) more" : ""
    return
      "\(steps.count == 1 ? "step" : "steps") \(shown)\(rest) alone, all else whole, on \(input)"
  }
}
