internal import Glibc

/// How much the randomized tests draw: the same on every machine unless the environment widens it.
public enum Budget {
  /// The first seed; `TILEWRIGHT_SEED`.
  public static let seed = environment("TILEWRIGHT_SEED") ?? 1

  /// Whether the environment says how much to draw.
  public static let isWidened = getenv("TILEWRIGHT_BUDGET") != nil

  /// The seeds in blocks of at most `size`, for one test argument each: `draws` of them, or as many as
  /// `TILEWRIGHT_BUDGET` says.
  public static func blocks(of size: UInt64 = 50, draws: UInt64 = 200) -> [Range<UInt64>] {
    let draws = environment("TILEWRIGHT_BUDGET") ?? draws
    return stride(from: seed, to: seed + draws, by: Int(size)).map {
      $0..<min($0 + size, seed + draws)
    }
  }

  /// The command that repeats what `suite` does with `seed` alone.
  public static func replay(_ seed: UInt64, suite: String) -> String {
    "TILEWRIGHT_SEED=\(seed) TILEWRIGHT_BUDGET=1 swift test -c release --filter \(suite)"
  }

  private static func environment(_ name: String) -> UInt64? {
    getenv(name).flatMap { UInt64(String(cString: $0)) }
  }
}
