internal import Ops

extension OperatorLaws {
  /// The options, and what an operator made from them computes.
  func roundTrip(_ subject: LawSubject) -> [LawViolation] {
    let operation = subject.example.operation
    let options = operation.options
    do {
      let again = try type(of: operation).init(operation.builtin, options: options)
      guard again.options == options else {
        return [violation(.roundTrip, "options \(options) were read back as \(again.options)")]
      }
      try again.check(subject.signature)
      let other = LawSubject(
        Example(again, subject.signature), profile: .tflm, output: subject.output,
        values: subject.values)
      let expected = LawSubject(
        subject.example, profile: .tflm, output: subject.output, values: subject.values)
      return [
        difference(
          .roundTrip, subject, subject.whole, expected: expected.result(of: subject.whole),
          found: other.result(of: subject.whole), " of the operator that \(options) make")
      ].compactMap(\.self)
    } catch {
      return [violation(.roundTrip, "options \(options) are not read back: \(error)")]
    }
  }
}
