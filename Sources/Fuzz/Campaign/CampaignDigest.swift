internal import Tensor

/// A sum of hashes of what was drawn, in any order: equal for equal runs, however they were divided.
public struct CampaignDigest: Hashable, Sendable, Codable, CustomStringConvertible {
  private var value: UInt64 = 0

  /// That of nothing.
  init() {}

  /// Reads 16 hexadecimal digits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard text.count == 16, let value = UInt64(text, radix: 16) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected 16 hexadecimal digits, found \(text)")
    }
    self.value = value
  }

  /// Writes 16 hexadecimal digits: a number of that size is not safe in every JSON reader.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// 16 hexadecimal digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Adds something that was drawn, by its number and what tells it from others.
  mutating func add(_ number: Int, _ words: [Int]) {
    var hash = SipHash(key0: UInt64(number), key1: 0)
    for word in words { hash.add(UInt64(bitPattern: Int64(word))) }
    value &+= hash.value
  }

  /// Adds what another part of a run drew.
  mutating func merge(_ other: CampaignDigest) { value &+= other.value }
}
