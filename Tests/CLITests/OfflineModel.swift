import Graph
import TestSupport

/// A model that was written with an offline memory plan, whose offsets are to be damaged.
struct OfflineModel {
  private(set) var file: [UInt8]
  /// Where the payload's first word is.
  private let payload: Int

  /// Has `plan --emit-offline` write a fixture.
  init(_ fixture: String, in bench: Workbench, _ options: String...) throws {
    let path = bench.path("\(fixture).offline.tflite")
    let run = try Tool.run(
      ["plan", Fixtures.model(fixture), "--emit-offline", path] + options)
    guard run.exitCode == 0 else { throw InvalidRun(errors: run.errors) }
    let file = try Workbench.bytes(of: path)
    // The payload starts at the first multiple of 16 with its version, subgraphs and count.
    let tensors = try GraphFixture.graph(fixture).tensors.count
    let header: [UInt8] = [1, 0, 0, 0, 1, 0, 0, 0, UInt8(tensors), 0, 0, 0]
    payload =
      stride(from: 0, to: file.count, by: 16).first { Array(file[$0...].prefix(12)) == header } ?? 0
    self.file = file
  }

  /// The tool did not write a model.
  struct InvalidRun: Error {
    let errors: String
  }

  /// A word of the payload: version, subgraphs, count, then offsets.
  subscript(word: Int) -> Int32 {
    get {
      Int32(
        truncatingIfNeeded: (0..<4).reduce(0) {
          $0 | Int(file[payload + 4 * word + $1]) << (8 * $1)
        })
    }
    set {
      for byte in 0..<4 {
        file[payload + 4 * word + byte] = UInt8(truncatingIfNeeded: newValue >> (8 * byte))
      }
    }
  }

  /// The offset of a tensor.
  subscript(offsetOf tensor: Int) -> Int32 {
    get { self[3 + tensor] }
    set { self[3 + tensor] = newValue }
  }
}
