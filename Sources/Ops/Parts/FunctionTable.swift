internal import Tensor

/// Functions of codes as LiteRT tabulates them, in single precision.
///
/// Source: TensorFlow Lite, `LUTPopulate` and `LUTLookup` of `kernels/internal/common.h`.
enum FunctionTable {
  /// A kernel that makes of each code what `function` makes of its number.
  ///
  /// Codes of 16 bits, which have zero point 0, are interpolated between 513 entries.
  static func kernel(
    _ signature: Signature, _ function: (Float) -> Float
  ) -> any Kernel {
    let (input, output) = (signature.input(0), signature.outputs[0])
    guard input.element == .int16 else {
      return Elementwise.table(signature) { code(of: $0, from: input, to: output, function) }
    }
    let entries = entries(from: input, to: output, function)
    var hash = SipHash(key0: 0, key1: 0)
    for entry in entries { hash.add(entry) }
    return Elementwise.words([hash.value]) { Int16(truncatingIfNeeded: interpolated($0, entries)) }
  }

  /// The code of the function at a code of 8 bits, rounded to nearest, ties away from zero.
  static func code(
    of code: Int32, from input: TensorType, to output: TensorType, _ function: (Float) -> Float
  ) -> Int32 {
    let codes = output.element.codes ?? 0...0
    let number = function((input.quantization?.scales[0] ?? 1) * Float(code &- input.zeroPoint))
    let steps = (number * (1 / (output.quantization?.scales[0] ?? 1)))
      .rounded(.toNearestOrAwayFromZero)
    let result = steps + Float(output.zeroPoint)
    let highest = Float(codes.upperBound)
    return max((result > highest ? highest : result).truncatedToWord, codes.lowerBound)
  }

  /// The function at every 128th code from the lowest on, each corrected by half the error that
  /// interpolation has halfway to the next.
  private static func entries(
    from input: TensorType, to output: TensorType, _ function: (Float) -> Float
  ) -> [Int32] {
    let (scale, outputScale) = (
      input.quantization?.scales[0] ?? 1, output.quantization?.scales[0] ?? 1
    )
    let (first, last) = (scale * -32768, scale * 32767)
    let step = (last - first) / 512
    let inverse = 65536 / (outputScale * 32767 - outputScale * -32768)
    func rounded(_ x: Float) -> Float { x.rounded(.toNearestOrAwayFromZero) }
    func entry(_ x: Float) -> Int32 {
      // In this order NaN stays, and is 0 as a word: where a function is infinite, so is half an error.
      let raised = x < -32768 ? -32768 : x
      let word = (raised > 32767 ? 32767 : raised).truncatedToWord
      return Int32(Int16(truncatingIfNeeded: word))
    }
    return (0..<512).map { index in
      let start = first + Float(index) * step
      let value = function(start)
      let middle = function(start + step / 2)
      let next = function(first + Float(index + 1) * step)
      let sample = rounded(value * inverse)
      let interpolation = rounded((next * inverse + rounded(value * inverse)) / 2)
      let error = interpolation - rounded(middle * inverse)
      return entry(sample - rounded(error / 2))
    } + [entry(rounded(function(last) * inverse))]
  }

  private static func interpolated(_ x: Int16, _ entries: [Int32]) -> Int32 {
    let index = 256 + Int(x >> 7)
    let slope = Int32(Int16(truncatingIfNeeded: entries[index + 1] - entries[index]))
    return entries[index] + (slope * Int32(x & 0x7F) + 64) >> 7
  }
}

extension Float {
  /// The number truncated to a word of 32 bits; the lowest word where there is none, as processors of the
  /// x86 family have it.
  var truncatedToWord: Int32 { Int32(exactly: rounded(.towardZero)) ?? .min }
}
