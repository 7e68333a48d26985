import ArgumentParser
import Files
import Graph
import NumPy
import Ops
import Reporting
import Tensor
import Verify

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compares a model with recorded outputs of another runtime, byte for byte.",
    discussion: """
      The recording is a stored .npz (numpy.savez) with members c{K}_in{J} and c{K}_out{J} for \
      input and output J of case K; real{K}_... likewise; seq{K}_out{J} for the cases run one after \
      another; t{I} for tensor I in case 0. Hashes of the tensors in NAME.tensors.json beside it \
      name the first tensor that is wrong; they are LiteRT's, so that under another profile, and of \
      floats, they inform and do not judge. Exit code 0: exact, but for floats within the tolerance; \
      1: different.
      """)

  @OptionGroup var options: ModelOptions

  @Argument(help: "The recording, a stored .npz.")
  var recording: String

  @Option(
    parsing: .unconditional, help: "How far float outputs may be off, relative to the largest one.")
  var floatTolerance = 1e-5

  func validate() throws {
    guard floatTolerance >= 0 else {
      throw ValidationError("--float-tolerance: expected at least 0, found \(floatTolerance).")
    }
  }

  /// Whether an output that differs is one of floats, within the tolerance; 0 demands the same bytes.
  private func isAccepted(_ mismatch: RecordedCheck.Mismatch) -> Bool {
    floatTolerance > 0 && mismatch.relativeDifference <= floatTolerance
  }

  /// Another profile under which all recorded outputs are exact, if there is one.
  private func matchingProfile(
    _ graph: Graph, _ cases: [RecordedCheck.Case]
  ) throws -> Profile? {
    try Profile.all.first { profile in
      guard profile != options.profile else { return false }
      let check = try RecordedCheck(graph, profile: profile)
      return try check.mismatches(in: cases).isEmpty
    }
  }

  func run() throws {
    let graph = try options.graph()
    let recorded = try Recording(NPZArchive(contentsOf: recording))
    let cases = try recorded.cases.map { try RecordedCases(graph).cases(of: $0) }
    guard let first = cases.first?.first else { throw InputFailure.noCases(recording) }
    let check = try RecordedCheck(graph, profile: options.profile)
    let flat = cases.flatMap { $0 }
    let different = try check.mismatches(in: flat)
    var mismatches = different.filter { !isAccepted($0) }.map(\.description)
    let rounding = different.filter(isAccepted).map(\.relativeDifference).max()
    let hashes = try TensorHashes.beside(recording)
    var notes = graph.standIns(under: options.profile.name)
    if !mismatches.isEmpty, let other = try matchingProfile(graph, flat) {
      notes.append("every output is the recorded one under --profile \(other.name)")
    }
    if !recorded.unknownMembers.isEmpty {
      notes.append("not compared: \(recorded.unknownMembers.joined(separator: ", "))")
    }
    func firstMismatch(ofFloats: Bool) throws -> RecordedCheck.Mismatch? {
      try check.firstMismatch(in: first) { tensor, value in
        guard (graph.tensors[tensor].type.element == .float32) == ofFloats else { return nil }
        // Of a variable the recording has what it holds in the end.
        let tensor = graph.variableOf[tensor].map { graph.variables[$0].before } ?? tensor
        return hashes.matches(tensor, value) ?? recorded.tensors[tensor].map { $0.bytes == value }
      }
    }
    for inner in [try firstMismatch(ofFloats: false), try firstMismatch(ofFloats: true)] {
      guard let inner else { continue }
      let text = "first tensor that differs from LiteRT's: \(inner)"
      // A hash tells nothing of how far floats are off.
      let judges =
        options.profile == .litert && graph.tensors[inner.tensor].type.element != .float32
      if judges { mismatches.append(text) } else { notes.append(text) }
    }
    let compared = graph.nodes.flatMap(\.outputs).count {
      hashes.contains($0) || recorded.tensors[$0] != nil
    }
    try Terminal.show(
      CheckDocument(
        model: options.name, profile: options.profile.name, recording: recording,
        cases: flat.map(\.name), outputs: flat.reduce(0) { $0 + $1.outputs.count { $0 != nil } },
        tensors: compared, mismatches: mismatches, largestFloatDifference: rounding, notes: notes),
      json: options.json)
    if !mismatches.isEmpty { throw ExitCode.different }
  }
}
