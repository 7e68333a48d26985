/// What `plan` shows: the plan that was written, and what it takes.
public struct PlanDocument: Document {
  /// A file that was written.
  public struct File: Encodable {
    let path: String
    let bytes: Int

    /// Makes a row.
    public init(path: String, bytes: Int) {
      self.path = path
      self.bytes = bytes
    }
  }

  let model: String
  let profile: String
  let plan: String
  let steps: Int
  let buffers: Int
  let peakInBytes: Int
  let arenaInBytes: Int?
  let onlineArenaInBytes: Int?
  let files: [File]

  /// Gathers what is shown.
  ///
  /// `plan` says in a few words what the plan is. `arenaInBytes` is the arena's head that TensorFlow Lite Micro
  /// has with the model that was written, scratch of kernels included, and `onlineArenaInBytes` that which its
  /// own planner takes.
  public init(
    model: String, profile: String, plan: String, steps: Int, buffers: Int, peakInBytes: Int,
    arenaInBytes: Int?, onlineArenaInBytes: Int?, files: [File]
  ) {
    self.model = model
    self.profile = profile
    self.plan = plan
    self.steps = steps
    self.buffers = buffers
    self.peakInBytes = peakInBytes
    self.arenaInBytes = arenaInBytes
    self.onlineArenaInBytes = onlineArenaInBytes
    self.files = files
  }

  /// The plan in a few lines, then the files.
  public var text: String {
    var lines = [
      "model    \(model), profile \(profile)",
      "plan     \(plan): \(steps.counted("step")), \(buffers.counted("buffer"))",
      "peak     \(peakInBytes.grouped) bytes planned",
    ]
    if let arenaInBytes {
      let online = onlineArenaInBytes.map { " (\($0.grouped) by its own planner)" } ?? ""
      lines.append("arena    \(arenaInBytes.grouped) bytes under TensorFlow Lite Micro\(online)")
      if let onlineArenaInBytes, arenaInBytes > onlineArenaInBytes {
        lines.append(
          "note     its own planner needs less: scratch finds no room between fixed tensors")
      }
    }
    lines += files.map { "wrote    \($0.path), \($0.bytes.grouped) bytes" }
    return lines.joined(separator: "\n")
  }
}
