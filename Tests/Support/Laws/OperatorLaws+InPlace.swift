internal import Ops
internal import Tensor

extension OperatorLaws {
  /// Results computed onto the operand's own elements, whole and tile by tile.
  func inPlace(_ subject: LawSubject, _ generator: inout SplitMix64) -> [LawViolation] {
    var found: [LawViolation] = []
    for operand in subject.activations {
      switch subject.example.operation.inPlace(
        subject.signature, operand: operand, output: subject.output)
      {
      case .never: continue
      case .sameAddress:
        for tile in [subject.whole, subject.whole.randomPart(using: &generator)] {
          if let broken = onto(operand, subject, tile) { found.append(broken) }
        }
      }
    }
    return found
  }

  private func onto(_ operand: Int, _ subject: LawSubject, _ tile: Region) -> LawViolation? {
    let type = subject.signature.input(operand)
    guard let value = subject.values[operand], type.sizeInBytes == subject.type.sizeInBytes,
      type.element.sizeInBytes == subject.type.element.sizeInBytes
    else { return violation(.inPlace, "operand \(operand) is \(type), result \(subject.type)") }
    // The operand's elements, seen as the result's: of the same row-major index.
    let apart = GuardedStorage(value, of: subject.type, on: subject.machine)
    subject.compute(tile, from: subject.wholeOperands(), into: apart)
    let onto = GuardedStorage(value, of: subject.type, on: subject.machine)
    let operands = subject.wholeOperands()
    var call = subject.call(tile, operands)
    call.inputs[operand] = TensorView(
      cells: onto.view.cells, region: Region(whole: type.shape),
      axes: AxisMap.rowMajor(Region(whole: type.shape)))
    withExtendedLifetime((operands, onto)) {
      subject.kernel.compute(call, into: onto.view, on: subject.machine)
    }
    return difference(
      .inPlace, subject, subject.whole, expected: apart.bytes(of: subject.whole),
      found: onto.bytes(of: subject.whole), " with \(tile) computed onto operand \(operand)")
  }
}
