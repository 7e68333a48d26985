public import Graph
public import Ops
internal import Planning
internal import TFLite
internal import Tensor
internal import Verify

/// Gives networks to a tiler and judges what it makes of them.
public struct TilerJudge: Sendable {
  /// The longest message of a failure; a program may have any number of faults.
  private static let longestMessage = 4_000

  /// The tiler.
  public let command: TilerCommand
  private let profile: Profile
  private let sampleCount: Int

  /// Judges tilings and rewritten models under `profile`, and plans under the one that they name, on
  /// `sampleCount` random inputs besides the fixed ones.
  public init(_ command: TilerCommand, profile: Profile = .tflm, samples sampleCount: Int = 1) {
    self.command = command
    self.profile = profile
    self.sampleCount = sampleCount
  }

  /// Writes a network as a model, runs the tiler on it and judges what it leaves.
  ///
  /// Random inputs, and the symbolic check's key, belong to `seed`. Several threads may call this at once.
  ///
  /// - Throws: a network that cannot be written or run; what keeps the tiler from being run at all.
  public func outcome(of graph: Graph, seed: UInt64) throws -> TilerOutcome {
    let model = try ModelWriter.bytes(of: graph)
    let graph = try ImportedModel(parsing: Bytes(copying: model)).graph()
    func outcome(
      _ verdict: TilerOutcome.Verdict, made: [UInt8]? = nil, _ program: TilerProgram? = nil
    ) -> TilerOutcome {
      TilerOutcome(verdict: verdict, model: model, graph: graph, made: made, program: program)
    }
    switch try command.run(on: model) {
    case .failed(let failure): return outcome(.failure(failure))
    case .declined(let reason): return outcome(.declined(reason: reason))
    case .made(let bytes):
      let program: TilerProgram
      do throws(TilerProgramError) {
        program = try TilerProgram(bytes)
      } catch {
        return outcome(.failure(CaseFailure(.nonsense, "the tiler: \(error)")), made: bytes)
      }
      return outcome(try verdict(on: program, of: graph, seed: seed), made: bytes, program)
    }
  }

  /// Judges a program of a network, whoever made it.
  ///
  /// - Throws: a network that cannot be run.
  public func verdict(
    on program: TilerProgram, of graph: Graph, seed: UInt64
  ) throws -> TilerOutcome.Verdict {
    switch program {
    case .plan(let plan): return try verdict(on: plan, of: graph, seed: seed)
    case .tiling(let tiling):
      let plan: Plan
      do throws(TilingError) {
        plan = try TilingLowering.plan(tiling, for: graph, profile: profile)
      } catch {
        return Self.failure(.refused, "\(error)")
      }
      return try verdict(on: plan, of: graph, seed: seed)
    case .model(let bytes): return try verdict(onModel: bytes, of: graph, seed: seed)
    }
  }

  private func verdict(
    on plan: Plan, of graph: Graph, seed: UInt64
  ) throws -> TilerOutcome.Verdict {
    // A profile that does not exist is a fault of the plan, which the judge finds.
    let judge = try CaseJudge(
      graph, profile: Profile.named(plan.profile) ?? profile, samples: sampleCount, seed: seed)
    guard let failure = judge.failure(of: plan) else { return .sound }
    return Self.failure(failure.kind, failure.message)
  }

  private func verdict(
    onModel bytes: [UInt8], of graph: Graph, seed: UInt64
  ) throws -> TilerOutcome.Verdict {
    let rewritten: Graph
    do throws(ImportError) {
      rewritten = try ImportedModel(parsing: Bytes(copying: bytes)).graph()
    } catch {
      return Self.failure(.nonsense, "the rewritten model: \(error)")
    }
    // A model of a few bytes may ask for more than can be run.
    let limit = 1 << 30 + 256 * min(graph.macs, 1 << 48)
    guard rewritten.macs <= limit else {
      return Self.failure(
        .nonsense,
        "the rewritten model: expected at most \(limit) multiply-accumulates, found \(rewritten.macs)"
      )
    }
    let samples = Sample.standard(for: graph, random: sampleCount, seed: seed)
    do {
      let report = try RewriteCheck.compare(
        rewritten, with: graph, profile: profile, on: samples, seed: seed)
      guard let failure = CaseFailure(report.verdict) else { return .sound }
      return failure.kind == .unproved
        ? .unproved(reason: failure.message) : Self.failure(failure.kind, failure.message)
    } catch let mismatch as InterfaceMismatch {
      return Self.failure(.malformed, "the rewritten model: \(mismatch)")
    } catch {
      return Self.failure(.refused, "the rewritten model cannot be run: \(error)")
    }
  }

  private static func failure(
    _ kind: CaseFailure.Kind, _ message: String
  ) -> TilerOutcome.Verdict {
    .failure(CaseFailure(kind, String(message.prefix(longestMessage))))
  }
}
