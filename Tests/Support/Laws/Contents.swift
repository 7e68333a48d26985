internal import Ops
internal import Tensor

/// A kind of random value of an operand.
enum Contents: CaseIterable {
  /// Any codes.
  case uniform
  /// The lowest code everywhere.
  case lowest
  /// The highest code everywhere.
  case highest
  /// The code of 0 everywhere.
  case zero
  /// Codes of small numbers.
  case nearZero
  /// The lowest code or the highest.
  case extremes

  /// A value of a tensor in the cells of `machine`, row-major; members of the field are drawn alike
  /// for every kind.
  func value(
    of type: TensorType, on machine: Machine = .numbers, using generator: inout SplitMix64
  ) -> [UInt8] {
    switch machine {
    case .numbers, .traced: bytes(of: type, using: &generator)
    case .field: Self.members(of: type, using: &generator)
    }
  }

  /// A random member of the field for each element, in each of its cells.
  private static func members(of type: TensorType, using generator: inout SplitMix64) -> [UInt8] {
    let words = (0..<type.shape.count).flatMap { _ in
      Fingerprints.cells(
        PrimeField.element(generator.next()), width: type.element.sizeInBytes)
    }
    return words.withUnsafeBytes(Array.init)
  }

  private func bytes(of type: TensorType, using generator: inout SplitMix64) -> [UInt8] {
    if type.element == .float32 { return floats(type.shape.count, using: &generator) }
    guard let codes = type.element.codes else {
      return (0..<type.sizeInBytes).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
    let zero = type.quantization?.zeroPoints[0] ?? 0
    let values = (0..<type.shape.count).map { _ in
      switch self {
      case .uniform: Int32.random(in: codes, using: &generator)
      case .lowest: codes.lowerBound
      case .highest: codes.upperBound
      case .zero: zero
      case .nearZero:
        (zero &+ Int32.random(in: -4...4, using: &generator)).clamped(to: codes)
      case .extremes: Bool.random(using: &generator) ? codes.lowerBound : codes.upperBound
      }
    }
    return type.element.bytes(of: values).elements(of: UInt8.self)
  }

  /// Finite floats: kinds of codes stand for numbers of a moderate size.
  private func floats(_ count: Int, using generator: inout SplitMix64) -> [UInt8] {
    let numbers = (0..<count).map { _ -> Float in
      switch self {
      case .uniform: Float.random(in: -4...4, using: &generator)
      case .lowest: -8
      case .highest: 8
      case .zero: 0
      case .nearZero: Float.random(in: -0.01...0.01, using: &generator)
      case .extremes: Bool.random(using: &generator) ? -8 : 8
      }
    }
    return numbers.withUnsafeBytes(Array.init)
  }

  /// One of the kinds that vary from element to element.
  static func varied(using generator: inout SplitMix64) -> Contents {
    [.uniform, .nearZero, .extremes].randomElement(using: &generator) ?? .uniform
  }
}

extension Int32 {
  fileprivate func clamped(to range: ClosedRange<Int32>) -> Int32 {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
