public import ArgumentParser
import Files
import Glibc
import Graph
public import Ops
import TFLite

/// The model and the options that every command has.
struct ModelOptions: ParsableArguments {
  @Argument(help: "A .tflite model.")
  var model: String

  @Option(help: "The reference implementation to equal: tflm or litert.")
  var profile: Profile = .tflm

  @Flag(help: "Print JSON.")
  var json = false

  /// The file's name without folder and ending.
  var name: String {
    let file = model.split(separator: "/").last.map(String.init) ?? model
    return file.hasSuffix(".tflite") ? String(file.dropLast(7)) : file
  }

  /// Refuses outputs that would replace the model or one another.
  func requireOwnFiles(_ outputs: String?...) throws {
    let paths = ([model] + outputs.compactMap { $0 }).map(\.resolvedPath)
    guard Set(paths).count == paths.count else {
      throw ValidationError("Expected a file of its own for the model and for each output.")
    }
  }

  /// Refuses outputs that cannot be written, before much work is done for them.
  func checkOutputs(_ outputs: String?...) throws(FileError) {
    for case let path? in outputs { try AtomicFile.check(path) }
  }

  /// Reads the model file.
  func load() throws -> ImportedModel {
    try ImportedModel(parsing: MappedFile.bytes(of: model))
  }

  /// Reads the model file into a graph.
  func graph() throws -> Graph { try load().graph() }
}

extension Profile: ExpressibleByArgument {
  /// The profile of that name.
  public init?(argument: String) {
    guard let profile = Profile.named(argument) else { return nil }
    self = profile
  }

  /// The name.
  public var defaultValueDescription: String { name }

  /// The names of all profiles.
  public static var allValueStrings: [String] { all.map(\.name) }
}

extension String {
  /// The one path of the file that a path leads to, or of the folder it would be made in, and its name.
  fileprivate var resolvedPath: String {
    if let path = Self.real(self) { return path }
    let parts = split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    let start = folder.isEmpty ? (hasPrefix("/") ? "/" : ".") : folder
    return (Self.real(start) ?? start) + "/" + (parts.last ?? "")
  }

  private static func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
