public import Ops
internal import Tensor

/// The laws of operators, applied to one example.
///
/// Every draw follows from the example and the seed.
public struct OperatorLaws: Sendable {
  /// The operator and its signature.
  public let example: Example
  /// What all draws follow from.
  public let seed: UInt64

  /// Applies the laws to `example`.
  public init(_ example: Example, seed: UInt64) {
    self.example = example
    self.seed = seed
  }

  /// The ways in which the operator breaks `law`; none if it is as it should be.
  public func violations(of law: OperatorLaw) -> [LawViolation] {
    do { try example.operation.check(example.signature) } catch {
      return [violation(law, "check refuses what `random` made: \(error)")]
    }
    var generator = SplitMix64(seed: SplitMix64.mix(seed))
    let example = example.freeingConstants(using: &generator)
    let machines: [Machine] =
      law.holdsOnEveryMachine ? [.numbers, .field(FieldKey(generator.next()))] : [.numbers]
    let subjects = example.signature.outputs.indices.flatMap { output in
      machines.map { machine in
        LawSubject(
          example, profile: Profile.all.randomElement(using: &generator) ?? .tflm, on: machine,
          output: output, contents: .varied(using: &generator), using: &generator)
      }
    }
    return subjects.filter { !$0.whole.isEmpty }
      .flatMap { violations(of: law, $0, &generator) }
  }

  private func violations(
    of law: OperatorLaw, _ subject: LawSubject, _ generator: inout SplitMix64
  ) -> [LawViolation] {
    switch law {
    case .completeness: completeness(subject, &generator)
    case .tileIsSlice: tileIsSlice(subject, &generator)
    case .poison: poison(subject, &generator)
    case .tightness: tightness(subject, &generator)
    case .partialSums: partialSums(subject, &generator)
    case .inPlace: inPlace(subject, &generator)
    case .oracle: oracle(subject, &generator)
    case .cost: cost(subject, &generator)
    case .roundTrip: roundTrip(subject)
    }
  }

  func violation(_ law: OperatorLaw, _ what: String) -> LawViolation {
    LawViolation(law, example.operation.builtin.name, what)
  }
}

extension OperatorLaw {
  /// Whether the law is about which elements are read and written, in any arithmetic.
  fileprivate var holdsOnEveryMachine: Bool {
    switch self {
    case .completeness, .tileIsSlice, .poison, .tightness, .partialSums, .inPlace: true
    case .oracle, .cost, .roundTrip: false
    }
  }
}

extension Example {
  /// The example with some of its constants made operands like any other, where the operator takes
  /// that.
  fileprivate func freeingConstants(using generator: inout SplitMix64) -> Example {
    var example = self
    for index in signature.inputs.indices where signature.constant(index) != nil {
      guard Int.random(in: 0..<3, using: &generator) == 0 else { continue }
      var signature = example.signature
      signature.inputs[index]?.constant = nil
      guard (try? operation.check(signature)) != nil else { continue }
      example.signature = signature
    }
    return example
  }
}
