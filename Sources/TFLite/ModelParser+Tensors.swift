internal import Tensor

extension ModelParser {
  /// A tensor, with its constant and its quantization checked against type and shape.
  mutating func tensor(_ table: FlatTable) throws(ModelError) -> TensorRecord {
    let code = Int(try table.number(Schema.Tensor.type, default: Int8(0)))
    let element = ElementCode.element(of: code)
    let shape = try self.shape(of: table)
    let signature = try shapeSignature(of: table, shape: shape)
    let encoding = try self.encoding(of: table)
    let buffer = try bufferIndex(of: table)
    let constant = try self.constant(
      buffer: buffer, element: element, shape: shape, encoding: encoding, of: table)
    return TensorRecord(
      name: try text(Schema.Tensor.name, of: table) ?? "", elementCode: code, element: element,
      shape: shape.extents, shapeSignature: signature,
      constant: constant,
      quantization: try quantization(
        of: table, element: element, shape: shape, isConstant: constant != nil),
      encoding: encoding,
      isVariable: try table.number(Schema.Tensor.isVariable, default: UInt8(0)) != 0,
      buffer: buffer)
  }

  private mutating func shape(of table: FlatTable) throws(ModelError) -> Shape {
    let vector = try table.vector(Schema.Tensor.shape, stride: 4)
    let extents = if let vector { try integers(vector) } else { [Int]() }
    guard let shape = Shape(checking: extents) else {
      throw .shape(
        at: vector?.place ?? table.place(naming: Schema.Tensor.shape), found: extents)
    }
    return shape
  }

  private mutating func shapeSignature(
    of table: FlatTable, shape: Shape
  ) throws(ModelError) -> [Int]? {
    guard let vector = try table.vector(Schema.Tensor.shapeSignature, stride: 4), vector.count > 0
    else { return nil }
    let signature = try integers(vector)
    guard signature.count == shape.rank, signature.allSatisfy({ $0 >= -1 }) else {
      throw .shapeSignature(at: vector.place, found: signature, shape: shape.extents)
    }
    return signature
  }

  private func encoding(of table: FlatTable) throws(ModelError) -> TensorEncoding {
    if try table.number(Schema.Tensor.externalBuffer, default: UInt32(0)) != 0 { return .external }
    if try table.table(Schema.Tensor.sparsity) != nil { return .sparse }
    let details =
      try table.table(Schema.Tensor.quantization)?
      .number(Schema.Quantization.detailsType, default: UInt8(0)) ?? 0
    return details == 0 ? .plain : .quantizationDetails(Int(details))
  }

  private func bufferIndex(of table: FlatTable) throws(ModelError) -> Int {
    let index = Int(try table.number(Schema.Tensor.buffer, default: UInt32(0)))
    let count = buffers?.count ?? 0
    guard index == 0 || index < count else {
      throw .index(at: table.place(naming: Schema.Tensor.buffer), found: index, count: count)
    }
    return index
  }

  /// The values of a tensor; an empty buffer holds values only of a tensor without elements.
  private mutating func constant(
    buffer: Int, element: ElementType?, shape: Shape, encoding: TensorEncoding, of table: FlatTable
  ) throws(ModelError) -> Bytes? {
    guard buffer != 0, encoding != .external, let bytes = try bytes(ofBuffer: buffer),
      bytes.count > 0 || shape.count == 0
    else { return nil }
    guard let element, encoding != .sparse else { return bytes }
    let expected =
      element == .int4 ? (shape.count + 1) / 2 : shape.count * element.sizeInBytes
    guard bytes.count == expected else {
      throw .constantSize(
        at: table.place(naming: Schema.Tensor.buffer), found: bytes.count, expected: expected,
        element: element, shape: shape)
    }
    return element == .int4 ? unpackedInt4(bytes, count: shape.count, ofBuffer: buffer) : bytes
  }

  /// The first elements of a buffer that packs them in pairs; a buffer is unpacked once, whole, however many
  /// tensors share it.
  private mutating func unpackedInt4(_ bytes: Bytes, count: Int, ofBuffer buffer: Int) -> Bytes {
    let unpacked =
      unpackedBuffers[buffer] ?? Bytes(unpackingInt4: bytes, count: 2 * bytes.count)
    unpackedBuffers[buffer] = unpacked
    return unpacked[0..<count] ?? unpacked
  }
}
