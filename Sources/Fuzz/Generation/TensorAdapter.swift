internal import Ops
internal import Tensor

/// Makes a tensor of one type from one of another by operators that do little.
enum TensorAdapter {
  /// The operators, each reading the result of the one before; none for equal types, `nil` for elements
  /// that cannot be converted.
  static func examples(from source: TensorType, to wanted: TensorType) -> [Example]? {
    var steps: [Example] = []
    /// Adds an operator of the schema, whose further operands are constant numbers.
    func step(
      code: Int, _ options: [Int: OptionValues.Value] = [:], numbers: [(Shape, [Int])] = [],
      to result: TensorType
    ) -> TensorType? {
      guard let (family, builtin) = Catalog.operation(code: code),
        let operation = try? family.init(builtin, options: OptionValues(options))
      else { return nil }
      let operands = numbers.map { shape, numbers -> Operand? in
        Operand(TensorType(.int32, shape), constant: Bytes(copying: numbers.map { Int32($0) }))
      }
      let operand = Operand(steps.last?.signature.outputs[0] ?? source)
      steps.append(Example(operation, Signature(inputs: [operand] + operands, outputs: [result])))
      return result
    }
    func reshape(_ type: TensorType, to shape: Shape) -> TensorType? {
      if type.shape == shape { return type }
      return step(
        code: 22, [0: .int32s(shape.extents.map { Int32($0) })],
        to: TensorType(type.element, shape, type.quantization))
    }
    var type: TensorType? = source
    if source.element != wanted.element || source.quantization != wanted.quantization {
      guard let code = conversion(from: source, to: wanted) else { return nil }
      type = step(
        code: code, to: TensorType(wanted.element, source.shape, wanted.quantization))
    }
    let (had, needed) = (source.shape.count, wanted.shape.count)
    if had != needed {
      type = type.flatMap { reshape($0, to: Shape(had)) }
      let cut = TensorType(wanted.element, Shape(needed), wanted.quantization)
      type =
        had > needed
        ? step(
          code: 45, numbers: [(Shape(1), [0]), (Shape(1), [needed]), (Shape(1), [1])], to: cut)
        : step(code: 34, numbers: [(Shape(1, 2), [0, needed - had])], to: cut)
    }
    type = type.flatMap { reshape($0, to: wanted.shape) }
    return type == nil ? nil : steps
  }

  /// The code of DEQUANTIZE or QUANTIZE.
  private static func conversion(from source: TensorType, to wanted: TensorType) -> Int? {
    func isCode(_ type: TensorType) -> Bool {
      type.quantization != nil && type.element.sizeInBytes <= 2
    }
    if wanted.element == .float32 { return isCode(source) ? 6 : nil }
    return isCode(wanted) && (isCode(source) || source.element == .float32) ? 114 : nil
  }
}
