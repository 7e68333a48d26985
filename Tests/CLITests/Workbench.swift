import Foundation
import Graph
import NumPy
import Tensor
import TestSupport

/// A folder for the files of one test.
struct Workbench {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  /// The path of a file inside.
  func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  /// The names of all files inside, hidden ones as well.
  func names(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
  }

  /// Whether there is such a file.
  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Writes a file and returns its path.
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  /// Writes a text and returns its path.
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  /// Makes a folder of input arrays and returns its path.
  func inputs(_ name: String, _ arrays: [NPYArray]) throws -> String {
    try FileManager.default.createDirectory(
      atPath: path(name), withIntermediateDirectories: false)
    for (index, array) in arrays.enumerated() {
      try array.write(to: path("\(name)/in\(index).npy"))
    }
    return path(name)
  }

  /// The bytes of a file anywhere.
  static func bytes(of path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// A plan in a file anywhere.
  static func plan(at path: String) throws -> Plan { try Plan(json: bytes(of: path)) }
}
