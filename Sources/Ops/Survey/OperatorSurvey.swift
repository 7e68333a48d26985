internal import Tensor

/// Many instances of a family of operators, and what they say of it.
///
/// An operator states its types in `check` alone. So instances are drawn, and their types exchanged for
/// others, for as long as `check` accepts a combination that is new. Whatever is found was accepted; a
/// type that no drawn instance leads to would be missed.
package struct OperatorSurvey {
  /// How many instances are drawn.
  private static let draws: UInt64 = 512
  /// How many instances of one combination have their types exchanged.
  private static let triesPerCombination = 2

  /// The instances, drawn ones first.
  package private(set) var examples: [Example] = []
  private let family: any Operator.Type

  /// Draws instances, the same every time, and exchanges their types.
  package init(of family: any Operator.Type) {
    self.family = family
    var tries: [Key: Int] = [:]
    var waiting = (1...Self.draws).map { seed in
      var generator = SplitMix64(seed: seed)
      return family.random(using: &generator)
    }
    examples = waiting
    while let example = waiting.popLast() {
      guard tries[Key(example), default: 0] < Self.triesPerCombination else { continue }
      tries[Key(example), default: 0] += 1
      for other in example.retyped where tries[Key(other)] == nil {
        guard (try? other.operation.check(other.signature)) != nil else { continue }
        tries[Key(other)] = 0
        examples.append(other)
        waiting.append(other)
      }
    }
  }

  private struct Key: Hashable {
    let builtin: Builtin
    let types: ElementCombination

    init(_ example: Example) {
      builtin = example.operation.builtin
      types = ElementCombination(example.signature)
    }
  }

  /// One instance of each combination of types, in the order in which they were found.
  package var exampleOfEachCombination: [Example] {
    var seen: Set<Key> = []
    return examples.filter { seen.insert(Key($0)).inserted }
  }

  /// What the instances of one of the family's operators say.
  func capabilities(of builtin: Builtin) -> OperatorCapabilities {
    let examples = examples.filter { $0.operation.builtin == builtin }
    let signatures = examples.map(\.signature)
    var cut: [AxisTally] = []
    var summed = AxisTally()
    var (onto, overlapped): (Set<Int>, Set<Int>) = ([], [])
    for example in examples {
      let signature = example.signature
      for (output, type) in signature.outputs.enumerated() {
        let access = example.operation.access(signature, output: output)
        if cut.count <= output { cut.append(AxisTally()) }
        cut[output].add(type.shape.extents) { access.mayCut($0) }
        for (operand, input) in signature.inputs.enumerated()
        where input.map({ $0.constant == nil }) ?? false {
          switch example.operation.inPlace(signature, operand: operand, output: output) {
          case .never: break
          case .inOrder where !access.isElementwise(operand): overlapped.insert(operand)
          case .inOrder, .sameAddress: onto.insert(operand)
          }
        }
        guard output == 0, let operand = signature.inputs[access.summedOperand],
          example.operation.kernel(for: signature, profile: .tflm) is any SummingKernel
        else { continue }
        summed.add(operand.type.shape.extents) { access.isSummed($0) }
      }
    }
    let types = Set(signatures.map(ElementCombination.init))
    return OperatorCapabilities(
      builtin: builtin, types: Self.maximal(types).sorted(by: Self.precedes),
      takesAnyNumber: Set(signatures.map(\.inputs.count)).count > 2,
      makesAnyNumber: Set(signatures.map(\.outputs.count)).count > 2,
      cutAxes: cut.map(\.uses), summedAxes: summed.uses, inPlaceOperands: onto.sorted(),
      overlappedOperands: overlapped.sorted(), countsMACs: family.countsMACs)
  }

  /// The combinations that are no part of another one.
  private static func maximal(_ types: Set<ElementCombination>) -> [ElementCombination] {
    types.filter { one in !types.contains { one.isPart(of: $0) } }
  }

  private static func precedes(_ left: ElementCombination, _ right: ElementCombination) -> Bool {
    order(left).lexicographicallyPrecedes(order(right))
  }

  /// Results first, then operands, by the order of element types.
  private static func order(_ types: ElementCombination) -> [Int] {
    (types.results.map(Optional.some) + types.operands).map { element in
      element.flatMap(ElementType.allCases.firstIndex) ?? -1
    }
  }
}
