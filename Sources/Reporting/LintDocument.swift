/// What `lint` shows: an offline memory plan, and what is wrong with it.
public struct LintDocument: Document {
  /// Something that is wrong.
  public struct Finding: Encodable {
    let kind: String
    let tensors: [Int]
    /// What is wrong, where, in a line.
    public let message: String

    /// Makes a row; `message` has place, what was expected and what was found.
    public init(kind: String, tensors: [Int], message: String) {
      self.kind = kind
      self.tensors = tensors
      self.message = message
    }
  }

  /// What the metadata hold.
  public struct OfflinePlan: Encodable {
    let offsets: Int
    let placed: Int
    let version: Int
    let subgraphs: Int

    /// Counts the offsets, and those that place a tensor.
    public init(offsets: [Int], version: Int, subgraphs: Int) {
      self.offsets = offsets.count
      placed = offsets.count { $0 != -1 }
      self.version = version
      self.subgraphs = subgraphs
    }
  }

  let model: String
  let plan: OfflinePlan?
  let arenaInBytes: Int?
  let onlineArenaInBytes: Int?
  let findings: [Finding]
  let hasMoreFindings: Bool
  let notes: [String]

  /// Gathers what is shown.
  ///
  /// `plan` is `nil` for a model without one. The arena's head is that which TensorFlow Lite Micro plans around
  /// the offsets, where it can, and that which it plans without them.
  public init(
    model: String, plan: OfflinePlan?, arenaInBytes: Int?, onlineArenaInBytes: Int?,
    findings: [Finding], hasMoreFindings: Bool, notes: [String]
  ) {
    self.model = model
    self.plan = plan
    self.arenaInBytes = arenaInBytes
    self.onlineArenaInBytes = onlineArenaInBytes
    self.findings = findings
    self.hasMoreFindings = hasMoreFindings
    self.notes = notes
  }

  /// The plan in a few lines, then notes and findings.
  public var text: String {
    var lines = ["model    \(model)"]
    if let plan {
      lines.append(
        "plan     offline: \(plan.placed.grouped) of \(plan.offsets.counted("tensor")) placed, "
          + "the rest left to the planner")
    } else {
      lines.append("plan     none: nothing to check")
    }
    let online = onlineArenaInBytes.map { "\($0.grouped) bytes as its planner does it alone" }
    if let arenaInBytes {
      lines.append(
        "arena    \(arenaInBytes.grouped) bytes under TensorFlow Lite Micro"
          + (online.map { ", \($0)" } ?? ""))
    } else if let online {
      lines.append("arena    \(online)")
    }
    lines += notes.map { "note     \($0)" }
    lines += findings.map { "finding  \($0.message)" }
    if hasMoreFindings { lines.append("finding  … and more") }
    if plan != nil {
      lines.append(
        "verdict  \(findings.isEmpty ? "sound" : findings.count.counted("finding"))"
          + (hasMoreFindings ? " and more" : ""))
    }
    return lines.joined(separator: "\n")
  }
}
