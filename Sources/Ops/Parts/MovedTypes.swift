internal import Tensor

/// Which types of elements the implementations have a kernel for, of an operator that moves elements as
/// they are.
struct MovedTypes: Sendable {
  /// Those of TensorFlow Lite Micro.
  let tflm: Set<ElementType>
  /// Those of LiteRT.
  let litert: Set<ElementType>

  /// Every type that has a width: kernels that ask for nothing else.
  static let all = Set(ElementType.allCases)

  init(tflm: Set<ElementType>, litert: Set<ElementType> = all) {
    self.tflm = tflm
    self.litert = litert
  }

  /// Whether the implementation that `profile` names has a kernel for elements of this type.
  func has(_ element: ElementType, by profile: Profile) -> Bool {
    (profile == .tflm ? tflm : litert).contains(element)
  }

  /// Throws unless one of the implementations has a kernel for `operand`, and `output` has its type and,
  /// per tensor, its quantization.
  func check(_ signature: Signature, operand: Int = 0, output: Int = 0) throws(OperatorError) {
    let type = signature.input(operand)
    guard tflm.contains(type.element) || litert.contains(type.element) else {
      throw OperatorError(
        .unsupported, .operand(operand), expected: "a type that the reference kernels move",
        found: "\(type.element)")
    }
    guard type.quantization?.isPerTensor ?? true else {
      throw OperatorError(
        .unsupported, .operand(operand), expected: "one scale and zero point",
        found: "a scale per channel")
    }
    try signature.requireSameElement(operand: operand, output: output)
  }
}

extension RealTensor {
  /// The elements that each element of a result comes from, by its coordinate.
  func moved(to shape: Shape, from origin: ([Int]) -> [Int]) -> RealTensor {
    RealTensor(
      shape,
      (0..<shape.count).map { values[self.shape.index(of: origin(shape.coordinate(at: $0)))] })
  }
}

extension TensorType {
  /// The type with other extents; itself where no shape has them.
  func with(extents: [Int]) -> TensorType {
    var type = self
    type.shape = Shape(checking: extents) ?? shape
    return type
  }
}
