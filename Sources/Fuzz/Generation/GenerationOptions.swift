internal import Ops

/// What graphs are drawn from.
public struct GenerationOptions: Hashable, Sendable {
  /// The operators, by their names in TensorFlow Lite's schema.
  public let operators: Set<String>
  /// How many operators a graph has; those that adapt a tensor to another operator count.
  public let operatorCount: ClosedRange<Int>
  /// The largest extent of an axis of a map that is a network input.
  public let largestExtent: Int
  /// Tensors of more elements are not drawn.
  public let largestTensor: Int

  /// The names of all operators that there are, in the order of the catalogue.
  public static let allOperators = Catalog.operators.flatMap { $0.builtins.map(\.name) }

  /// Makes options; tensors grow with the square of `largestExtent`.
  ///
  /// - Throws: unless the operators exist and something is left to draw.
  public init(
    operators: [String] = Self.allOperators, operatorCount: ClosedRange<Int> = 1...8,
    largestExtent: Int = 16
  ) throws(GenerationError) {
    for name in operators where !Self.allOperators.contains(name) {
      throw .noSuchOperator(name)
    }
    guard !operators.isEmpty else { throw .noOperators }
    guard operatorCount.lowerBound >= 1 else { throw .operatorCount(operatorCount) }
    guard (1...256).contains(largestExtent) else { throw .largestExtent(largestExtent) }
    self.operators = Set(operators)
    self.operatorCount = operatorCount
    self.largestExtent = largestExtent
    largestTensor = max(256, 16 * largestExtent * largestExtent)
  }
}
