internal import Tensor

extension ModelParser {
  /// How the codes of a tensor stand for real numbers; `nil` when there are no scales.
  mutating func quantization(
    of tensor: FlatTable, element: ElementType?, shape: Shape, isConstant: Bool
  ) throws(ModelError) -> Quantization? {
    guard let table = try tensor.table(Schema.Tensor.quantization),
      let vector = try table.vector(Schema.Quantization.scale, stride: 4), vector.count > 0
    else { return nil }
    let scales = try self.scales(vector, mayBeNegative: isConstant && vector.count > 1)
    let zeroPoints = try self.zeroPoints(of: table, element: element, scaleCount: scales.count)
    if scales.count == 1 { return Quantization(scale: scales[0], zeroPoint: zeroPoints[0]) }
    let axis = try quantizedAxis(of: table, rank: shape.rank)
    guard scales.count == shape[axis] else {
      throw .scaleCount(at: vector.place, found: scales.count, extent: shape[axis])
    }
    return Quantization(scales: scales, zeroPoints: zeroPoints, axis: axis)
  }

  /// The scales, none of them 0.
  ///
  /// Filters quantized per axis are found with negative ones: MCUNet's exporter divides by the
  /// largest weight of a channel instead of the largest magnitude. The reference kernels take them.
  private mutating func scales(
    _ vector: FlatVector, mayBeNegative: Bool
  ) throws(ModelError) -> [Float] {
    let scales = try numbers(vector, as: UInt32.self).map(Float.init(bitPattern:))
    if let wrong = scales.firstIndex(where: { !$0.isFinite || $0 == 0 || $0 < 0 && !mayBeNegative })
    {
      throw .scale(at: vector.place(at: wrong), bitPattern: scales[wrong].bitPattern)
    }
    return scales
  }

  /// One zero point for each scale: as many as the file has, its only one repeated, or 0.
  private mutating func zeroPoints(
    of table: FlatTable, element: ElementType?, scaleCount: Int
  ) throws(ModelError) -> [Int32] {
    guard let vector = try table.vector(Schema.Quantization.zeroPoint, stride: 8), vector.count > 0
    else { return [Int32](repeating: 0, count: scaleCount) }
    guard vector.count == scaleCount || vector.count == 1 else {
      throw .zeroPointCount(at: vector.place, found: vector.count, scaleCount: scaleCount)
    }
    let codes = element?.codes ?? Int32.min...Int32.max
    let wide = try numbers(vector, as: Int64.self)
    var zeroPoints: [Int32] = []
    zeroPoints.reserveCapacity(scaleCount)
    for (index, zeroPoint) in wide.enumerated() {
      guard let narrow = Int32(exactly: zeroPoint), codes.contains(narrow) else {
        throw .zeroPoint(at: vector.place(at: index), found: zeroPoint, codes: codes)
      }
      zeroPoints.append(narrow)
    }
    if wide.count == scaleCount { return zeroPoints }
    return [Int32](repeating: zeroPoints[0], count: scaleCount)
  }

  /// The axis that several scales belong to.
  ///
  /// A tensor of rank 1 has no other axis than 0, whatever the file says: TFLM's person_detect says
  /// 3 for its biases.
  private func quantizedAxis(of table: FlatTable, rank: Int) throws(ModelError) -> Int {
    let axis = Int(try table.number(Schema.Quantization.quantizedDimension, default: Int32(0)))
    if rank == 1 { return 0 }
    guard axis >= 0, axis < rank else {
      throw .quantizedAxis(
        at: table.place(naming: Schema.Quantization.quantizedDimension), found: axis, rank: rank)
    }
    return axis
  }
}
