internal import Ops
internal import Tensor

extension OperatorLaws {
  func completeness(_ subject: LawSubject, _ generator: inout SplitMix64) -> [LawViolation] {
    var found: [LawViolation] = []
    for region in [subject.whole, subject.whole.randomPart(using: &generator)] {
      let operands = subject.wholeOperands()
      let operandsBefore = operands.map { $0?.allBytes }
      let stored =
        region == subject.whole
        ? region : region.randomSuperset(in: subject.whole, using: &generator)
      var results: [[UInt8]] = []
      for poison in [0xA5, 0x5A] as [UInt8] {
        let output = subject.outputStorage(of: stored)
        output.poison(with: poison)
        let before = output.allBytes
        subject.compute(region, from: operands, into: output)
        results.append(output.bytes(of: region))
        if !output.isUntouched(outside: region, since: before) {
          found.append(violation(.completeness, "tile \(region) in \(stored) wrote outside itself"))
        }
      }
      if results[0] != results[1] {
        let count = zip(results[0], results[1]).count { $0 != $1 }
        found.append(violation(.completeness, "tile \(region) left \(count) bytes unwritten"))
      }
      if operands.map({ $0?.allBytes }) != operandsBefore {
        found.append(violation(.completeness, "tile \(region) wrote to an operand"))
      }
    }
    return found
  }
}
