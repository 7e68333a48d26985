internal import Tensor

extension Signature {
  /// More numbers than an operator's attributes have; many operators may refer to one constant.
  private static let largestIntegerCount = 1 << 12

  /// The numbers of a constant operand of int32 or int64.
  ///
  /// - Throws: unless it is constant and holds `count` of them, or at most 4096 where that is `nil`.
  func constantIntegers(_ index: Int, count: Int? = nil) throws(OperatorError) -> [Int] {
    let type = input(index)
    guard [.int32, .int64].contains(type.element), count == nil || type.shape.count == count else {
      throw OperatorError(
        .invalid, .operand(index), expected: "\(count.map { "\($0) " } ?? "")int32 or int64",
        found: "\(type)")
    }
    guard type.shape.count <= Self.largestIntegerCount else {
      throw OperatorError(
        .invalid, .operand(index), expected: "at most \(Self.largestIntegerCount) numbers",
        found: "\(type)")
    }
    guard let constant = constant(index) else {
      throw OperatorError(
        .unsupported, .operand(index), expected: "a constant", found: "one computed at run time")
    }
    return constant.integers(of: type.element)
  }

  /// Rows of a constant matrix, one after the other.
  ///
  /// - Precondition: the operand is constant, of two axes, and its elements are such numbers.
  func rows<Number: Stored>(_ rows: Range<Int>, ofConstant index: Int) -> [Number] {
    let width = input(index).shape[1] * MemoryLayout<Number>.size
    guard let bytes = constant(index)?[rows.lowerBound * width..<rows.upperBound * width] else {
      preconditionFailure("weights are constants of that many rows")
    }
    return bytes.elements(of: Number.self)
  }

  /// The numbers of a constant operand of int32 or int64 that `check` has accepted; none where it is not
  /// constant.
  func integers(_ index: Int) -> [Int] {
    constant(index)?.integers(of: input(index).element) ?? []
  }

  /// The tiling rule of constant operands that state attributes, from `index` on: whole, though no kernel
  /// reads them.
  func unreadOperands(from index: Int) -> [[AxisAccess]] {
    inputs[index...].map { operand in
      [AxisAccess](repeating: .whole, count: operand?.type.shape.rank ?? 0)
    }
  }

  /// Throws unless an output has the element type and the quantization of an operand.
  func requireSameElement(operand: Int = 0, output: Int = 0) throws(OperatorError) {
    let (input, result) = (input(operand), outputs[output])
    guard result.element == input.element, result.quantization == input.quantization else {
      throw OperatorError(
        .invalid, .output(output), expected: "\(input.element), quantized as operand \(operand)",
        found: result.element == input.element ? "another quantization" : "\(result.element)")
    }
  }
}

extension Bytes {
  /// The elements as integers.
  ///
  /// - Precondition: `element` is int32 or int64.
  func integers(of element: ElementType) -> [Int] {
    element == .int64
      ? elements(of: Int64.self).map { Int($0) } : elements(of: Int32.self).map { Int($0) }
  }
}

extension ElementType {
  /// One element that holds an integer, or the float of that number.
  ///
  /// - Precondition: it fits the type.
  func bytes(ofNumber number: Int64) -> Bytes {
    switch self {
    case .float32: Bytes(copying: [Float(number)])
    case .float64: Bytes(copying: [Double(number)])
    default:
      // Little-endian: the low bytes come first.
      Bytes(
        copying: (0..<sizeInBytes).map { UInt8(truncatingIfNeeded: number >> (8 * Int64($0))) })
    }
  }
}

extension Operand {
  /// A constant row of int32, or of int64 where that is `isWide`, that states attributes.
  ///
  /// - Precondition: the numbers fit 32 bits.
  static func integers(_ numbers: [Int], isWide: Bool = false) -> Operand {
    let bytes =
      isWide
      ? Bytes(copying: numbers.map { Int64($0) }) : Bytes(copying: numbers.map { Int32($0) })
    return Operand(
      TensorType(isWide ? .int64 : .int32, Shape(numbers.count)), constant: bytes)
  }
}
