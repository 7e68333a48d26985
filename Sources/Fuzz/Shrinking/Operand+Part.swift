internal import Graph
internal import Ops
internal import Tensor

extension Operand {
  /// The part of a constant in a box, and of its scales; `nil` for a box without elements, or not inside.
  func part(_ ranges: [Range<Int>]) -> Operand? {
    guard let constant, let shape = Shape(checking: ranges.map(\.count)) else { return nil }
    if shape == type.shape { return self }
    guard shape.count > 0, Region(whole: type.shape).contains(Region(ranges)) else { return nil }
    let size = type.element.sizeInBytes
    let values = constant.elements(of: UInt8.self)
    guard values.count == type.sizeInBytes else { return nil }
    var part: [UInt8] = []
    Region(ranges).forEachRow { start in
      let from = type.shape.index(of: start) * size
      part += values[from..<from + (ranges.last?.count ?? 1) * size]
    }
    var quantization = type.quantization
    if let old = quantization, !old.isPerTensor {
      let (scales, zeroPoints) = (old.scales[ranges[old.axis]], old.zeroPoints[ranges[old.axis]])
      quantization =
        scales.count == 1
        ? Quantization(
          scale: scales[scales.startIndex], zeroPoint: zeroPoints[zeroPoints.startIndex])
        : Quantization(scales: Array(scales), zeroPoints: Array(zeroPoints), axis: old.axis)
    }
    return Operand(TensorType(type.element, shape, quantization), constant: Bytes(copying: part))
  }
}

extension GraphNode {
  /// A constant that states a result's extents, with new ones; `nil` for any other.
  func stated(_ operand: Operand, _ shapes: [[Int]]) -> Operand? {
    guard operand.type.element == .int32, operand.type.quantization == nil,
      let values = operand.constant?.elements(of: Int32.self)
    else { return nil }
    return stated(values, shapes).map { Operand(operand.type, constant: Bytes(copying: $0)) }
  }

  /// An operator whose attributes state a result's extents with new ones; any other as it is.
  func stated(_ operation: any Operator, _ shapes: [[Int]]) -> any Operator {
    var options = operation.options
    for (slot, value) in options.values {
      if case .int32s(let values) = value, let stated = stated(values, shapes) {
        options.values[slot] = .int32s(stated)
      }
    }
    if options == operation.options { return operation }
    return (try? type(of: operation).init(operation.builtin, options: options)) ?? operation
  }

  private func stated(_ values: [Int32], _ shapes: [[Int]]) -> [Int32]? {
    for (type, shape) in zip(signature.outputs, shapes)
    where values.count == shape.count
      && zip(values, type.shape.extents).allSatisfy({ $0 == -1 || Int($0) == $1 })
    {
      return zip(values, shape).map { $0 == -1 ? -1 : Int32($1) }
    }
    return nil
  }
}
