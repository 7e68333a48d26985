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
        let result = Bytes(copying: run.result(of: run.whole))
        let deviation = expected.deviation(of: result, type: run.type)
        if deviation.isWithinBound { continue }
        let worst = deviation.index
        found.append(
          violation(
            .oracle,
            "\(profile.name), contents \(contents): \(result.numbers(of: run.type.element)[worst]) at "
              + "\(run.type.shape.coordinate(at: worst)), real \(expected.steps[worst]): "
              + "off by \(deviation.largest), bound \(expected.bound)"))
      }
    }
    return found
  }
}
