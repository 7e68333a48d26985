public import Tensor

/// Names contents by their hash.
public enum ContentHash {
  /// The SHA-256 of bytes, in lower-case hexadecimal.
  public static func sha256(of bytes: Bytes) -> String {
    withExtendedLifetime(bytes) {
      SHA256.hash(bytes.buffer).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }
}
