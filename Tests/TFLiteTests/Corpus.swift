import Foundation
import Tensor

/// The folder of real models and recorded answers that `TILEWRIGHT_CORPUS` names.
enum Corpus {
  static let folder = ProcessInfo.processInfo.environment["TILEWRIGHT_CORPUS"].map {
    URL(fileURLWithPath: $0, isDirectory: true)
  }

  static var isPresent: Bool { folder != nil }

  /// The names of all models, sorted.
  static func modelNames() throws -> [String] {
    guard let folder else { return [] }
    return try FileManager.default
      .contentsOfDirectory(
        at: folder.appending(path: "models"), includingPropertiesForKeys: nil
      )
      .filter { $0.pathExtension == "tflite" }
      .map { $0.deletingPathExtension().lastPathComponent }
      .sorted()
  }

  static func content(of model: String) throws -> [UInt8] {
    guard let folder else { return [] }
    return Array(try Data(contentsOf: folder.appending(path: "models/\(model).tflite")))
  }

  static func goldens(of model: String) throws -> GoldenTensors {
    guard let folder else { return GoldenTensors(tensors: []) }
    let file = folder.appending(path: "goldens/\(model).tensors.json")
    return try JSONDecoder().decode(GoldenTensors.self, from: Data(contentsOf: file))
  }
}
