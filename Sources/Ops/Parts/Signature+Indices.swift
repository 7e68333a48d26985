internal import Tensor

extension Signature {
  /// Throws unless operand `index` holds indices of int16, int32 or int64; constant ones in
  /// `0..<extent`, where there is a limit.
  func requireIndices(
    operand index: Int, _ elements: [ElementType] = [.int16, .int32, .int64], below extent: Int?
  ) throws(OperatorError) {
    let element = input(index).element
    guard elements.contains(element) else {
      throw OperatorError(
        .unsupported, .operand(index),
        expected: elements.map(\.rawValue).joined(separator: " or "), found: "\(element)")
    }
    guard let extent, let constant = constant(index) else { return }
    let stated = constant.indices(of: element)
    guard let outside = stated.first(where: { !(0..<extent).contains($0) }) else { return }
    throw OperatorError(
      .invalid, .operand(index), expected: "indices in 0..<\(extent)", found: "\(outside)")
  }
}

extension Bytes {
  /// The elements as integers.
  ///
  /// - Precondition: `element` is int16, int32 or int64.
  func indices(of element: ElementType) -> [Int] {
    element == .int16 ? elements(of: Int16.self).map { Int($0) } : integers(of: element)
  }

  /// Integers of int16, int32 or int64.
  static func integers(_ numbers: [Int], of element: ElementType) -> Bytes {
    switch element {
    case .int16: Bytes(copying: numbers.map { Int16(clamping: $0) })
    case .int64: Bytes(copying: numbers.map { Int64($0) })
    default: Bytes(copying: numbers.map { Int32(clamping: $0) })
    }
  }

  /// Random indices of int16, int32 or int64 below `extent`, which is above 0.
  static func randomIndices(
    _ element: ElementType, count: Int, below extent: Int, using generator: inout SplitMix64
  ) -> Bytes {
    .integers(
      (0..<count).map { _ in Int.random(in: 0..<max(extent, 1), using: &generator) }, of: element)
  }
}
