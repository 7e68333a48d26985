public import Tensor

/// A tensor of real numbers, row-major: what the oracle computes with.
public struct RealTensor: Hashable, Sendable {
  /// The extents.
  public var shape: Shape
  /// One number per element, row-major.
  public var values: [Double]

  /// Makes a tensor; there are as many values as elements.
  public init(_ shape: Shape, _ values: [Double]) {
    precondition(values.count == shape.count, "one value per element")
    self.shape = shape
    self.values = values
  }

  /// The real numbers that the elements of `bytes` stand for.
  ///
  /// Floats stand for themselves.
  ///
  /// - Precondition: `bytes` holds the whole tensor.
  public init(dequantizing bytes: Bytes, of type: TensorType) {
    let numbers = bytes.numbers(of: type.element)
    guard let quantization = type.quantization, type.element != .float32 else {
      self.init(type.shape, numbers)
      return
    }
    let axisStride = type.shape.rank == 0 ? 1 : type.shape.strides[quantization.axis]
    let axisExtent = quantization.scales.count
    self.init(
      type.shape,
      numbers.enumerated().map { index, code in
        let channel = index / axisStride % axisExtent
        return Double(quantization.scale(at: channel))
          * (code - Double(quantization.zeroPoint(at: channel)))
      })
  }
}

extension RealTensor {
  /// The largest magnitude; 0 of no numbers.
  var largestMagnitude: Double { values.lazy.map(abs).max() ?? 0 }

  /// The numbers that the codes of these stand for when they are taken for those of another type.
  ///
  /// What moves codes unchanged does that: the reference implementations do not ask whether operand and
  /// result share their scale. Nothing changes where they do.
  func recoded(from type: TensorType, to other: TensorType) -> RealTensor {
    if type.quantization == other.quantization { return self }
    return codes(of: type).numbers(as: other)
  }

  /// The codes that the numbers have in a type; the numbers themselves where that is not quantized per
  /// tensor.
  func codes(of type: TensorType) -> RealTensor {
    guard let quantization = type.perTensor else { return self }
    let (scale, zero) = (Double(quantization.scales[0]), Double(quantization.zeroPoints[0]))
    return RealTensor(shape, values.map { $0 / scale + zero })
  }

  /// The numbers that these codes stand for in a type; the codes themselves where that is not quantized
  /// per tensor.
  func numbers(as type: TensorType) -> RealTensor {
    guard let quantization = type.perTensor else { return self }
    let (scale, zero) = (Double(quantization.scales[0]), Double(quantization.zeroPoints[0]))
    return RealTensor(shape, values.map { scale * ($0 - zero) })
  }
}

extension TensorType {
  /// The real numbers from the lowest code to the highest; all numbers where there are no codes.
  var realRange: ClosedRange<Double> {
    guard let quantization = perTensor, let codes = element.codes else {
      return -Double.infinity...Double.infinity
    }
    func real(_ code: Int32) -> Double {
      Double(quantization.scales[0]) * Double(code - quantization.zeroPoints[0])
    }
    return real(codes.lowerBound)...real(codes.upperBound)
  }

  /// The quantization of codes that share one scale.
  fileprivate var perTensor: Quantization? {
    quantization.flatMap { $0.scales.count == 1 && element != .float32 ? $0 : nil }
  }
}

/// Multiplies matrices of real numbers for the oracle.
public protocol MatrixProduct: Sendable {
  /// `left` (rows x inner) times `right` (inner x columns), all row-major.
  func multiply(_ left: [Double], _ right: [Double], rows: Int, inner: Int, columns: Int)
    -> [Double]
}

extension Bytes {
  /// The elements as numbers: codes, or floats; integers of 64 bits are rounded to the nearest.
  public func numbers(of element: ElementType) -> [Double] {
    switch element {
    case .int4, .int8, .uint8, .int16, .uint16, .int32: codes(of: element).map(Double.init)
    case .bool: elements(of: UInt8.self).map(Double.init)
    case .uint32: elements(of: UInt32.self).map(Double.init)
    case .int64: elements(of: Int64.self).map(Double.init)
    case .uint64: elements(of: UInt64.self).map(Double.init)
    case .float16: elements(of: UInt16.self).map { Double(Float16(bitPattern: $0)) }
    case .float32: elements(of: Float.self).map(Double.init)
    case .float64: elements(of: Double.self)
    }
  }

  /// The elements as codes.
  ///
  /// - Precondition: `element` has codes.
  public func codes(of element: ElementType) -> [Int32] {
    switch element {
    case .int4, .int8: elements(of: Int8.self).map(Int32.init)
    case .uint8: elements(of: UInt8.self).map(Int32.init)
    case .int16: elements(of: Int16.self).map(Int32.init)
    case .uint16: elements(of: UInt16.self).map(Int32.init)
    case .int32: elements(of: Int32.self)
    case .bool, .uint32, .int64, .uint64, .float16, .float32, .float64:
      preconditionFailure("\(element) has no codes")
    }
  }
}

extension ElementType {
  /// The bytes of elements with the given codes.
  ///
  /// - Precondition: the type has codes, and each code is one of them.
  public func bytes(of codes: [Int32]) -> Bytes {
    switch self {
    case .int4, .int8: Bytes(copying: codes.map { Int8($0) })
    case .uint8: Bytes(copying: codes.map { UInt8($0) })
    case .int16: Bytes(copying: codes.map { Int16($0) })
    case .uint16: Bytes(copying: codes.map { UInt16($0) })
    case .int32: Bytes(copying: codes)
    case .bool, .uint32, .int64, .uint64, .float16, .float32, .float64:
      preconditionFailure("\(self) has no codes")
    }
  }
}
