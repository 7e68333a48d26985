internal import Tensor

extension Example {
  /// The example with other element types: of one operand, of one result, or of everything that has the
  /// type of result 0.
  ///
  /// `check` may well refuse them.
  var retyped: [Example] {
    let data = signature.outputs.first?.element
    let operands = signature.inputs.indices.filter { signature.inputs[$0] != nil }
    let groups: [(operands: [Int], results: [Int])] =
      [
        (
          operands.filter { signature.inputs[$0]?.type.element == data },
          signature.outputs.indices.filter { signature.outputs[$0].element == data }
        )
      ] + operands.map { ([$0], []) } + signature.outputs.indices.map { ([], [$0]) }
    return groups.flatMap { group in
      ElementType.allCases.flatMap { element in
        Requantized.allCases.map { quantized in
          var example = self
          for operand in group.operands {
            example.signature.inputs[operand]?.retype(to: element, quantized)
          }
          for result in group.results {
            example.signature.outputs[result].retype(to: element, quantized)
          }
          return example
        }
      }
    }.filter { !$0.computesPackedElements }
  }

  /// Whether elements of four bits are computed, of which there are constants alone.
  private var computesPackedElements: Bool {
    signature.outputs.contains { $0.element == .int4 }
      || signature.inputs.contains { $0?.type.element == .int4 && $0?.constant == nil }
  }
}

/// What becomes of the quantization of a tensor whose element type is exchanged.
private enum Requantized: CaseIterable {
  /// It stays.
  case kept
  /// One scale, and the zero point in the middle of the codes.
  case centred
  /// None.
  case removed
}

extension TensorType {
  fileprivate mutating func retype(to element: ElementType, _ quantized: Requantized) {
    self.element = element
    switch quantized {
    case .kept: break
    case .removed: quantization = nil
    case .centred:
      let codes = element.codes ?? 0...0
      quantization = Quantization(
        scale: quantization?.scales[0] ?? 1,
        zeroPoint: Int32((Int64(codes.lowerBound) + Int64(codes.upperBound) + 1) / 2))
    }
    if let codes = element.codes, let zeroPoints = quantization?.zeroPoints,
      !zeroPoints.allSatisfy(codes.contains)
    {
      quantization = nil
    }
  }
}

extension Operand {
  fileprivate mutating func retype(to element: ElementType, _ quantized: Requantized) {
    constant = constant.map { element.bytes(ofNumbers: $0.numbers(of: type.element)) }
    type.retype(to: element, quantized)
  }
}

extension ElementType {
  /// The bytes of elements with the nearest values to the given numbers, none of them NaN.
  fileprivate func bytes(ofNumbers numbers: [Double]) -> Bytes {
    func integers<Integer: FixedWidthInteger & BitwiseCopyable>(_ type: Integer.Type) -> Bytes {
      Bytes(
        copying: numbers.map { number in
          Integer(exactly: number.rounded()) ?? (number < 0 ? Integer.min : Integer.max)
        })
    }
    return switch self {
    case .bool: Bytes(copying: numbers.map { $0 == 0 ? UInt8(0) : 1 })
    case .int4: integers(Int8.self)
    case .int8: integers(Int8.self)
    case .uint8: integers(UInt8.self)
    case .int16: integers(Int16.self)
    case .uint16: integers(UInt16.self)
    case .int32: integers(Int32.self)
    case .uint32: integers(UInt32.self)
    case .int64: integers(Int64.self)
    case .uint64: integers(UInt64.self)
    case .float16: Bytes(copying: numbers.map { Float16($0).bitPattern })
    case .float32: Bytes(copying: numbers.map { Float($0) })
    case .float64: Bytes(copying: numbers)
    }
  }
}
