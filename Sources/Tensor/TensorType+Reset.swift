extension TensorType {
  /// What a variable of this type holds when it is reset: codes of int8 that stand for 0, else zeros.
  ///
  /// Source: TensorFlow Lite, `ResetVariableTensor`, which asks no other type for its zero point.
  public var resetValue: Bytes {
    let zeroPoint = element == .int8 ? quantization?.zeroPoints.first ?? 0 : 0
    return Bytes(
      copying: [UInt8](repeating: UInt8(truncatingIfNeeded: zeroPoint), count: sizeInBytes))
  }
}
