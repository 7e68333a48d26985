/// Sigmoid and hyperbolic tangent of 16-bit words by interpolation in a table.
///
/// Source: TensorFlow Lite Micro's `sigmoid_table_uint16` and the functions that read it. The table holds
/// `65536 / (1 + exp(-i / 24))`, rounded, but for some entries that are one off.
public enum SigmoidTable {
  private static let entries: [Int32] = [
    32768, 33451, 34133, 34813, 35493, 36169, 36843, 37513, 38180, 38841, 39498, 40149,
    40794, 41432, 42064, 42688, 43304, 43912, 44511, 45102, 45683, 46255, 46817, 47369,
    47911, 48443, 48964, 49475, 49975, 50464, 50942, 51409, 51865, 52311, 52745, 53169,
    53581, 53983, 54374, 54755, 55125, 55485, 55834, 56174, 56503, 56823, 57133, 57433,
    57724, 58007, 58280, 58544, 58800, 59048, 59288, 59519, 59743, 59959, 60168, 60370,
    60565, 60753, 60935, 61110, 61279, 61441, 61599, 61750, 61896, 62036, 62172, 62302,
    62428, 62549, 62666, 62778, 62886, 62990, 63090, 63186, 63279, 63368, 63454, 63536,
    63615, 63691, 63765, 63835, 63903, 63968, 64030, 64090, 64148, 64204, 64257, 64308,
    64357, 64405, 64450, 64494, 64536, 64576, 64614, 64652, 64687, 64721, 64754, 64786,
    64816, 64845, 64873, 64900, 64926, 64950, 64974, 64997, 65019, 65039, 65060, 65079,
    65097, 65115, 65132, 65149, 65164, 65179, 65194, 65208, 65221, 65234, 65246, 65258,
    65269, 65280, 65291, 65301, 65310, 65319, 65328, 65337, 65345, 65352, 65360, 65367,
    65374, 65381, 65387, 65393, 65399, 65404, 65410, 65415, 65420, 65425, 65429, 65433,
    65438, 65442, 65445, 65449, 65453, 65456, 65459, 65462, 65465, 65468, 65471, 65474,
    65476, 65479, 65481, 65483, 65485, 65488, 65489, 65491, 65493, 65495, 65497, 65498,
    65500, 65501, 65503, 65504, 65505, 65507, 65508, 65509, 65510, 65511, 65512, 65513,
    65514, 65515, 65516, 65517, 65517, 65518, 65519, 65520, 65520, 65521, 65522, 65522,
    65523, 65523, 65524, 65524, 65525, 65525, 65526, 65526, 65526, 65527, 65527, 65528,
    65528, 65528, 65529, 65529, 65529, 65529, 65530, 65530, 65530, 65530, 65531, 65531,
    65531, 65531, 65531, 65532, 65532, 65532, 65532, 65532, 65532, 65533, 65533, 65533,
    65533, 65533, 65533, 65533, 65533, 65534, 65534, 65534, 65534, 65534, 65534, 65534,
    65534, 65534, 65534, 65535,
  ]

  /// 1 / (1 + exp(-x)) for x with three integer bits, as a fraction with none.
  public static func logistic(_ x: Int16) -> Int16 {
    logistic(position: 3 * Int32(x))
  }

  /// The same for x in units of 2^-12 / 3, the table's index and 9 bits below it.
  public static func logistic(position: Int32) -> Int16 {
    let value = interpolated(position, fractionBits: 9)
    return Int16(
      truncatingIfNeeded: position >= 0
        ? (value + 512) >> 10 : ((1 << 25) - value + 511) >> 10)
  }

  /// tanh(x) for x in units of `2^power` (-15 to -9), as a fraction without integer bits.
  public static func tanh(_ x: Int16, power: Int) -> Int16 {
    let shift = 12 + power
    let position =
      shift >= 0
      ? Int32(x) * (3 << Int32(shift))
      : (3 * Int32(x) + 1 << Int32(-shift - 1)) >> Int32(-shift)
    return tanh(position: position)
  }

  /// The same for x in units of 2^-12 / 3, half the table's index and 8 bits below that.
  public static func tanh(position: Int32) -> Int16 {
    let value = interpolated(position, fractionBits: 8)
    return Int16(
      truncatingIfNeeded: position >= 0
        ? (value - (1 << 23) + 128) >> 8 : ((1 << 23) - value + 127) >> 8)
  }

  /// The sigmoid of the magnitude of a position, which has `fractionBits` below the table's index, with
  /// as many bits below 2^-16; past the table's end the largest that there is.
  private static func interpolated(_ position: Int32, fractionBits: Int32) -> Int32 {
    let magnitude = abs(position)
    let index = Int(magnitude >> fractionBits)
    guard index < 255 else {
      return fractionBits == 9 ? 0x7FFF << 10 : 0xFFFF << fractionBits
    }
    let fraction = magnitude & (1 << fractionBits - 1)
    return entries[index] << fractionBits + fraction * (entries[index + 1] - entries[index])
  }
}
