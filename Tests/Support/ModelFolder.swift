internal import Glibc

/// The folder that tests write models to, for other implementations to run: `TILEWRIGHT_MODEL_FOLDER`.
public enum ModelFolder {
  /// Its path; `nil` where the variable is unset: nothing is written then.
  public static let path = getenv("TILEWRIGHT_MODEL_FOLDER").map { String(cString: $0) }
}
