internal import Tensor

/// The elements in which two values of one type differ.
struct ElementDifferences {
  /// How many.
  let count: Int
  /// The row-major index of the first one.
  let first: Int
  /// That element of the value that is right.
  let expected: ElementValue
  /// And of the other one.
  let actual: ElementValue

  /// Compares two values byte for byte; `nil` if they are the same.
  init?(expected: Bytes, actual: Bytes, type: TensorType) {
    guard expected != actual else { return nil }
    let width = type.element.sizeInBytes
    let (wanted, found) = (expected.elements(of: UInt8.self), actual.elements(of: UInt8.self))
    let wrong = (0..<type.shape.count).filter { index in
      wanted[index * width..<(index + 1) * width] != found[index * width..<(index + 1) * width]
    }
    guard let first = wrong.first else { return nil }
    (count, self.first) = (wrong.count, first)
    self.expected = ElementValue(type.element, at: first, of: expected)
    self.actual = ElementValue(type.element, at: first, of: actual)
  }
}
