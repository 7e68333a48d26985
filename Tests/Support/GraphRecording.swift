internal import NumPy
public import Tensor

/// One recorded run of one of the project's own models.
public struct GraphRecording: Sendable {
  /// What the recording calls it, such as `c0`.
  public let name: String
  /// By input.
  public let inputs: [Bytes]
  /// By output.
  public let outputs: [Bytes]

  /// The runs of `fixture` that `profile`'s implementation was asked for.
  public static func cases(of fixture: String, profile: String) throws -> [GraphRecording] {
    let path = Fixtures.recording(fixture, profile: profile)
    return try Recording(NPZArchive(contentsOf: path)).cases.map { recorded in
      GraphRecording(
        name: recorded.name, inputs: recorded.inputs.compactMap { $0?.bytes },
        outputs: recorded.outputs.compactMap { $0?.bytes })
    }
  }
}
