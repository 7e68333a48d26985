internal import Glibc

/// The folder of real models with recorded outputs that `TILEWRIGHT_CORPUS` names.
public enum Corpus {
  /// Its path; `nil` where the variable is unset: tests that need it are then skipped, and say so.
  public static let path = getenv("TILEWRIGHT_CORPUS").map { String(cString: $0) }

  /// Whether there is such a folder.
  public static var isPresent: Bool { path != nil }

  /// The names of all models, sorted.
  public static let names: [String] = {
    guard let path, let folder = opendir("\(path)/models") else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".tflite") { names.append(String(name.dropLast(7))) }
    }
    return names.sorted()
  }()

  /// The path of a model.
  public static func model(_ name: String) -> String { "\(path ?? "")/models/\(name).tflite" }

  /// Every model under every profile that something was recorded for.
  public static let recordings: [(model: String, profile: String)] = names.flatMap { name in
    ["tflm", "litert"].filter { access(recording(name, profile: $0), R_OK) == 0 }.map { (name, $0) }
  }

  /// The path of what was recorded of a model for a profile: TFLM's own recording where it differs.
  public static func recording(_ name: String, profile: String) -> String {
    let own = "\(path ?? "")/goldens_tflm/\(name).npz"
    return profile == "tflm" && access(own, R_OK) == 0 ? own : "\(path ?? "")/goldens/\(name).npz"
  }
}
