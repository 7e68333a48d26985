public import Graph

/// A network and the recipe of a plan of it, which are checked together.
public struct FuzzCase: Sendable {
  /// The network.
  public var graph: Graph
  /// How the plan is made.
  public var recipe: PlanRecipe
  /// What is made wrong on purpose, and has to be noticed; `nil` for a plan that has to be accepted.
  public var mistake: Mistake?

  /// Pairs a network with a recipe.
  public init(_ graph: Graph, _ recipe: PlanRecipe = PlanRecipe(), mistake: Mistake? = nil) {
    self.graph = graph
    self.recipe = recipe
    self.mistake = mistake
  }
}
