import Foundation

/// The memory of this process that is in use, as the kernel counts it.
enum ResidentMemory {
  /// How many bytes more than before were in use at any time while `body` ran; `nil` where the kernel does
  /// not say.
  static func growth(_ body: () -> Void) -> Int? {
    // 5 sets the highest number that was reached to the present one.
    guard let file = fopen("/proc/self/clear_refs", "w") else { return nil }
    let isReset = fputs("5", file) >= 0
    guard fclose(file) == 0, isReset, let before = bytes("VmRSS:") else { return nil }
    body()
    return bytes("VmHWM:").map { $0 - before }
  }

  private static func bytes(_ field: String) -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
      return nil
    }
    let line = status.split(separator: "\n").first { $0.hasPrefix(field) }
    return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).compactMap { Int($0) }.first
      .map { $0 * 1024 }
  }
}
