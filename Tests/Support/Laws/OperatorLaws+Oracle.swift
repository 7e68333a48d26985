internal import FloatOracle
internal import Ops
internal import Tensor

extension OperatorLaws {
  /// Results of every profile against the real-valued function, for contents of every kind.
  func oracle(_ subject: LawSubject, _ generator: inout SplitMix64) -> [LawViolation] {
    let example = subject.example
    var found: [LawViolation] = []
    for contents in Contents.allCases {
      let values = LawSubject(
        example, profile: .tflm, contents: contents, using: &generator
      ).values
      let expected = OperatorOracle().expectations(
        of: example.operation, signature: example.signature,
        operands: values.map { $0.map { Bytes(copying: $0) } })[subject.output]
      for profile in Profile.all {
        let run = LawSubject(example, profile: profile, output: subject.output, values: values)
        let results = run.numbers(Bytes(copying: run.result(of: run.whole)))
        let errors = zip(results, expected.steps).map { $0 == $1 ? 0 : abs($0 - $1) }
        guard let worst = errors.indices.max(by: { errors[$0] < errors[$1] }),
          !(errors[worst] <= expected.bound)
        else { continue }
        found.append(
          violation(
            .oracle,
            "\(profile.name), contents \(contents): \(results[worst]) at "
              + "\(run.type.shape.coordinate(at: worst)), real \(expected.steps[worst]): "
              + "off by \(errors[worst]), bound \(expected.bound)"))
      }
    }
    return found
  }
}

extension LawSubject {
  /// Results as numbers: codes, or floats.
  fileprivate func numbers(_ bytes: Bytes) -> [Double] {
    type.element == .float32
      ? bytes.elements(of: Float.self).map(Double.init)
      : bytes.codes(of: type.element).map(Double.init)
  }
}
