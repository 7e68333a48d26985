internal import FloatOracle
internal import Ops
internal import Tensor

extension OperatorLaws {
  /// Codes of every profile against the real-valued function, for contents of every kind.
  func oracle(_ subject: LawSubject, _ generator: inout SplitMix64) -> [LawViolation] {
    // The real-valued function is stated for the first result.
    guard subject.output == 0, subject.type.element.codes != nil else { return [] }
    let example = subject.example
    let bound = example.operation.errorBound(example.signature)
    var found: [LawViolation] = []
    for contents in Contents.allCases {
      let values = LawSubject(
        example, profile: .tflm, contents: contents, using: &generator
      ).values
      let steps = OperatorOracle().steps(
        of: example.operation, signature: example.signature,
        operands: values.map { $0.map { Bytes(copying: $0) } })
      for profile in Profile.all {
        let run = LawSubject(example, profile: profile, values: values)
        let codes = Bytes(copying: run.result(of: run.whole)).codes(of: run.type.element)
        let errors = zip(codes, steps).map { abs(Double($0) - $1) }
        guard let worst = errors.indices.max(by: { errors[$0] < errors[$1] }),
          !(errors[worst] <= bound)
        else { continue }
        found.append(
          violation(
            .oracle,
            "\(profile.name), contents \(contents): code \(codes[worst]) at "
              + "\(run.type.shape.coordinate(at: worst)), real \(steps[worst]): "
              + "off by \(errors[worst]), bound \(bound)"))
      }
    }
    return found
  }
}
