internal import Graph
internal import Ops
internal import Tensor

/// Draws the next operator of a network.
struct OperatorDraw {
  /// How many operators are tried for the tensors that there are.
  private static let largestAttemptCount = 24

  /// The families to draw from.
  let families: [any Operator.Type]
  /// What networks are drawn from.
  let options: GenerationOptions
  /// How many operators may be added beside it, to adapt a tensor.
  let spare: Int

  /// Adds an operator, and what it takes to adapt a tensor to it.
  func append(to draft: inout GraphDraft, using generator: inout SplitMix64) {
    let whim = Int.random(in: 0..<32, using: &generator)
    if whim < 2, draft.repeatOperator(using: &generator) { return }
    let attemptCount = whim == 2 ? 0 : Self.largestAttemptCount
    for attempt in 0..<attemptCount {
      let joins = whim > 24 && attempt < attemptCount / 2
      guard let source = source(in: draft, using: &generator),
        let family = families.randomElement(using: &generator)
      else { break }
      let drawn = family.random(reading: draft.tensors[source].type, using: &generator)
      if let example = drawn {
        if append(example, reading: source, joins: joins, to: &draft, using: &generator) { return }
      } else if Int.random(in: 0..<8, using: &generator) == 0 {
        let example = fresh(family, using: &generator)
        if append(example, adapting: source, to: &draft, using: &generator) { return }
      }
    }
    appendFresh(to: &draft, using: &generator)
  }

  /// Mostly a result of the operator that came last, so that networks are chains.
  private func source(in draft: GraphDraft, using generator: inout SplitMix64) -> Int? {
    Int.random(in: 0..<8, using: &generator) > 0
      ? draft.latest.randomElement(using: &generator)
      : draft.readable.randomElement(using: &generator)
  }

  /// An instance with operands of its own choice.
  private func fresh(
    _ family: any Operator.Type, using generator: inout SplitMix64
  ) -> Example {
    while true {
      let example = family.random(using: &generator)
      if options.operators.contains(example.operation.builtin.name) { return example }
    }
  }

  /// Adds an operator that reads a tensor as it is, unless it is refused, or `joins` is asked for and it
  /// reads no other tensor.
  private func append(
    _ example: Example, reading source: Int, joins: Bool, to draft: inout GraphDraft,
    using generator: inout SplitMix64
  ) -> Bool {
    let type = draft.tensors[source].type
    guard draft.accepts(example),
      let operand = example.computedOperands.first(where: {
        example.signature.inputs[$0]?.type == type
      }), example.keepsForm(of: operand) || Int.random(in: 0..<6, using: &generator) == 0
    else { return false }
    var choice = OperandChoice(example: example, reads: [operand: source])
    choice.vary(in: draft, using: &generator)
    choice.findPartners(in: draft, using: &generator)
    if joins, Set(choice.reads.values).count < 2 { return false }
    draft.append(choice.example, reads: choice.reads, using: &generator)
    return true
  }

  /// Adds an operator, and before it others that make of a tensor what it reads, unless there are too
  /// many.
  private func append(
    _ example: Example, adapting source: Int, to draft: inout GraphDraft,
    using generator: inout SplitMix64
  ) -> Bool {
    guard draft.accepts(example), let operand = example.computedOperands.first,
      let wanted = example.signature.inputs[operand]?.type,
      let steps = TensorAdapter.examples(from: draft.tensors[source].type, to: wanted),
      steps.count <= spare, steps.allSatisfy(draft.accepts)
    else { return false }
    var adapted = source
    for step in steps {
      draft.append(step, reads: [0: adapted], using: &generator)
      adapted = draft.latest[0]
    }
    var choice = OperandChoice(example: example, reads: [operand: adapted])
    choice.findPartners(in: draft, using: &generator)
    draft.append(choice.example, reads: choice.reads, using: &generator)
    return true
  }

  /// Adds an operator that need not read what is there: one can always be found.
  private func appendFresh(to draft: inout GraphDraft, using generator: inout SplitMix64) {
    while true {
      guard let family = families.randomElement(using: &generator) else { return }
      let example = fresh(family, using: &generator)
      guard draft.accepts(example) else { continue }
      var choice = OperandChoice(example: example, reads: [:])
      choice.findPartners(in: draft, using: &generator)
      draft.append(choice.example, reads: choice.reads, using: &generator)
      return
    }
  }
}

extension Example {
  /// The operands that are neither constant nor state.
  var computedOperands: [Int] {
    let states = type(of: operation).stateOperands
    return signature.inputs.indices.filter { index in
      signature.inputs[index].map { $0.constant == nil && !states.contains(index) } ?? false
    }
  }

  /// Whether result 0 is a map where the operand is one, its rows made from rows and its columns from
  /// columns, and not much smaller: what can be fused, again and again.
  fileprivate func keepsForm(of operand: Int) -> Bool {
    let (input, output) = (signature.input(operand).shape, signature.outputs[0].shape)
    guard input.rank == 4 else { return true }
    guard output.rank == 4, 3 * output.count >= input.count else { return false }
    let axes = operation.access(signature, output: 0).operands[operand]
    return axes[1].outputAxis == 1 && axes[2].outputAxis == 2
  }
}
