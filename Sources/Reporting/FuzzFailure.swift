internal import Files
public import Fuzz
internal import Graph
internal import Ops
internal import Verify

/// One failure of a run of `fuzz`: a JSON line, and what a saved case says of itself.
public struct FuzzFailure: Document, Codable {
  /// What lines of this kind say that they are.
  public static let event = "failure"

  let event: String
  /// The number of the pair in the whole run.
  public let pair: Int
  /// What kind of failure it is.
  public let kind: CaseFailure.Kind
  /// Where, what was expected, and what was found.
  public let message: String
  /// The operators of the network, as far as it is shrunk.
  public let operators: [String]
  /// The kernels.
  public let profile: String
  /// What inputs and the symbolic check's key are drawn from.
  public let seed: UInt64
  /// How many random inputs are drawn.
  public let samples: Int
  /// The mistake that was made on purpose, if one was.
  public let mistake: String?
  /// The command of the tiler that made the program, if it was not drawn.
  public let tiler: String?
  /// The seconds that the tiler may take.
  public let tilerSeconds: Int?
  /// The folder that it is saved to, if it is.
  public var folder: String?
  /// Why it is not saved, if it is not.
  public var notSaved: String?

  /// Gathers what is known of a failure.
  public init(_ failure: CampaignFailure) {
    event = Self.event
    pair = failure.pair
    kind = failure.failure.kind
    message = failure.failure.message
    operators = failure.subject.graph.nodes.map(\.operatorName)
    profile = failure.subject.recipe.profile.name
    seed = failure.seed
    samples = failure.samples
    tiler = failure.tiler?.template
    tilerSeconds = failure.tiler?.secondsLimit
    mistake =
      switch failure.subject.mistake {
      case nil: nil
      case .plan(let faultClass, _): faultClass.rawValue
      case .tiling(let mistake, _): mistake.rawValue
      }
  }

  /// Reads what `fuzz` saved.
  ///
  /// - Throws: `RecordError` for what is no such record.
  public init(parsing json: [UInt8]) throws(RecordError) {
    self = try RecordError.decoding(Self.self, from: json, as: "a failure of fuzz")
  }

  /// What went wrong, in which operators, and where it is saved.
  public var text: String {
    let saved =
      folder.map { "saved; see it again with: tilewright replay \(ShellWord.quoted($0))" }
      ?? "not saved: \(notSaved ?? "nowhere to save to")"
    return """
      failure    pair \(pair.grouped), \(kind.rawValue): \(message)
                 \(operators.joined(separator: ", ")); \(saved)
      """
  }
}
