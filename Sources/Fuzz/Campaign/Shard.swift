/// A part of a run that one machine does: every `count`th network.
///
/// Which networks and plans a run draws depends on its seed alone, so that the shards of a run are the run.
public struct Shard: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The whole run.
  public static let whole = Shard(unchecked: 1, of: 1)

  /// Its number, from 1 to `count`.
  public let number: Int
  /// How many shards there are.
  public let count: Int

  /// Shard `number` of `count`; `nil` unless there is one.
  public init?(_ number: Int, of count: Int) {
    guard number >= 1, number <= count else { return nil }
    self.init(unchecked: number, of: count)
  }

  private init(unchecked number: Int, of count: Int) {
    self.number = number
    self.count = count
  }

  /// Reads `K/N`.
  public init?(parsing text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else {
      return nil
    }
    self.init(number, of: count)
  }

  /// As it is written on the command line.
  public var description: String { "\(number)/\(count)" }

  /// How many numbers below `total` are this shard's.
  public func count(below total: Int) -> Int { (total - number + count) / count }

  /// The numbers below `total` that are this shard's, ascending.
  public func indices(below total: Int) -> StrideTo<Int> {
    stride(from: number - 1, to: total, by: count)
  }
}
