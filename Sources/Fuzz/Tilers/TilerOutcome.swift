public import Graph

/// What a tiler made of a network, and what is wrong with it.
public struct TilerOutcome: Sendable {
  /// Whether something is wrong.
  public enum Verdict: Hashable, Sendable {
    /// What it made computes what the network computes.
    case sound
    /// It made nothing of this network, and says so.
    case declined(reason: String)
    /// It rewrote the model by other means, and no input that was tried shows a difference; without a proof
    /// that is no verdict, and no failure either.
    case unproved(reason: String)
    /// It went wrong.
    case failure(CaseFailure)
  }

  /// The verdict.
  public let verdict: Verdict
  /// The bytes of the model that the tiler was given.
  public let model: [UInt8]
  /// The network as it stands in these bytes, which plans of it name.
  public let graph: Graph
  /// The bytes that the tiler left; `nil` if it left none.
  public let made: [UInt8]?
  /// What they are; `nil` if they are no program.
  public let program: TilerProgram?

  /// What went wrong; `nil` if nothing did.
  public var failure: CaseFailure? {
    if case .failure(let failure) = verdict { failure } else { nil }
  }
}
