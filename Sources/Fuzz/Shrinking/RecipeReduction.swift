internal import Ops
internal import Planning

/// Leaves edits out, the order of operators and what layouts are asked for.
struct RecipeReduction: CaseReduction {
  func candidates(of original: FuzzCase) -> [() -> [FuzzCase]] {
    let (recipe, plain) = (original.recipe, PlanRecipe())
    var simpler = recipe.edits.indices.map { index in
      var fewer = recipe
      fewer.edits.remove(at: index)
      return fewer
    }
    func add(_ change: (inout PlanRecipe) -> Void) {
      var changed = recipe
      change(&changed)
      if changed != recipe { simpler.append(changed) }
    }
    add { $0.order = nil }
    add { $0.planning = plain.planning }
    add { $0.planning.order = plain.planning.order }
    add { $0.planning.inPlace = plain.planning.inPlace }
    add { $0.planning.layoutNodeLimit = plain.planning.layoutNodeLimit }
    add { $0.planning.excludesInputs = false }
    add { $0.planning.excludesOutputs = false }
    add { $0.planning.alignment = plain.planning.alignment }
    add { $0.profile = plain.profile }
    return simpler.map { recipe in { [FuzzCase(original.graph, recipe)] } }
  }
}
