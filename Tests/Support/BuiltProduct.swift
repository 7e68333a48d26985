internal import Foundation

/// An executable of the package, which lies beside the one that runs the tests.
public enum BuiltProduct {
  /// There is no such file beside any executable that may run the tests.
  public struct NotFound: Error {
    let looked: [String]
  }

  /// The path of the executable.
  public static func path(_ name: String) throws(NotFound) -> String {
    let executables =
      [
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
        CommandLine.arguments.first, Bundle.main.executablePath,
      ].compactMap(\.self)
    let paths = executables.map {
      URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent(name).path
    }
    guard let path = paths.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw NotFound(looked: paths)
    }
    return path
  }
}
