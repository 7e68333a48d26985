internal import Glibc
public import Graph
internal import NumPy
public import Ops
public import Tensor

/// A model of one operator, and what an implementation answered to random values.
public struct OperatorRecording: CustomStringConvertible, Sendable {
  /// The folder of the models: `NAME.tflite`, with answers in `NAME.PROFILE.npz`.
  private static let folder = "\(Fixtures.path)/operators"

  /// The name of the model: operator, computed operands and results.
  public let name: String
  /// The profile of the implementation.
  public let profile: Profile

  /// Model and profile.
  public var description: String { "\(name) \(profile.name)" }

  /// Every recording that there is.
  public static let all: [OperatorRecording] = {
    guard let folder = opendir(folder) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.sorted().flatMap { file in
      Profile.all.compactMap { profile in
        let suffix = ".\(profile.name).npz"
        guard file.hasSuffix(suffix) else { return nil }
        return OperatorRecording(name: String(file.dropLast(suffix.count)), profile: profile)
      }
    }
  }()

  /// The model.
  public func graph() throws -> Graph {
    try GraphFixture.graph(at: "\(Self.folder)/\(name).tflite")
  }

  /// Inputs and outputs of each run; those of the second kind follow each other without a reset.
  public func runs() throws -> [(name: String, keepsState: Bool, inputs: [Bytes], outputs: [Bytes])]
  {
    let archive = try NPZArchive(contentsOf: "\(Self.folder)/\(name).\(profile.name).npz")
    let cases = try Recording(archive).cases
    func bytes(_ arrays: [NPYArray?]) -> [Bytes] { arrays.compactMap { $0?.bytes } }
    return cases.map { ($0.name, false, bytes($0.inputs), bytes($0.outputs)) }
      + cases.map {
        ("\($0.name) in sequence", true, bytes($0.inputs), bytes($0.sequenceOutputs))
      }
  }
}
