internal import Ops
internal import Tensor

extension OperatorLaws {
  /// Results computed onto the operand as far as the rule allows it, whole and tile by tile.
  func inPlace(_ subject: LawSubject, _ generator: inout SplitMix64) -> [LawViolation] {
    var found: [LawViolation] = []
    for operand in subject.activations {
      let rule = subject.example.operation.inPlace(
        subject.signature, operand: operand, output: subject.output)
      for tile in [subject.whole, subject.whole.randomPart(using: &generator)] {
        let broken: LawViolation? =
          switch rule {
          case .never: nil
          case .sameAddress: onto(operand, subject, tile)
          case .inOrder: before(operand, subject, tile)
          }
        if let broken { found.append(broken) }
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

  /// A tile stored as far up into its operand as `LastReads` allows: at once, and result by result,
  /// the order that it speaks of.
  private func before(_ operand: Int, _ subject: LawSubject, _ tile: Region) -> LawViolation? {
    let type = subject.signature.input(operand)
    let whole = Region(whole: type.shape)
    let maps = (operand: AxisMap.rowMajor(whole), result: AxisMap.rowMajor(tile))
    let widths = (type.element.sizeInBytes, subject.type.element.sizeInBytes)
    guard let value = subject.values[operand],
      let least = LastReads(subject.access, operand: operand, tile: tile).distance(
        operand: maps.operand, width: widths.0, result: maps.result, width: widths.1)
    else { return nil }
    // Elements stay aligned to their own width.
    let unit = max(widths.0, widths.1)
    let distance = (max(least, 0) + unit - 1) / unit * unit
    let expected = subject.result(of: tile)
    let cell = subject.machine.cellSizeInBytes
    let (operandStart, resultCount) = (distance * cell, tile.count * widths.1 * cell)
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(operandStart + value.count, resultCount) + 64, alignment: 16)
    defer { memory.deallocate() }
    guard let base = memory.baseAddress else { preconditionFailure("there is room to spare") }
    let operands = subject.wholeOperands()
    for tiles in [[tile], tile.elements] {
      for index in value.indices { memory[operandStart + index] = value[index] }
      for part in tiles {
        var call = subject.call(part, operands)
        call.inputs[operand] = TensorView(
          cells: Cells(base: base + operandStart, element: type.element, isConstant: false),
          region: whole, axes: maps.operand)
        let result = TensorView(
          cells: Cells(base: base, element: subject.type.element, isConstant: false), region: tile,
          axes: maps.result)
        withExtendedLifetime(operands) {
          subject.kernel.compute(call, into: result, on: subject.machine)
        }
      }
      let broken = difference(
        .inPlace, subject, tile, expected: expected, found: Array(memory[..<resultCount]),
        " with \(tile) computed \(distance) bytes before operand \(operand)")
      if let broken { return broken }
    }
    return nil
  }
}

extension Region {
  /// Each element by itself, in row-major order.
  fileprivate var elements: [Region] {
    ranges.reduce([Region([])]) { boxes, range in
      boxes.flatMap { box in range.map { Region(box.ranges + [$0..<$0 + 1]) } }
    }
  }
}
