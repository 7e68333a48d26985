import ArgumentParser
import Files
import Fuzz
import Glibc
import Graph
import Ops
import Planning
import Reporting
import TFLite
import Tensor
import Verify

/// A failure of `fuzz` as it was saved.
struct SavedCase {
  /// What was recorded of it.
  let record: FuzzFailure
  private let bundle: FailureBundle
  private let graph: Graph

  /// Reads the record and the model.
  init(_ bundle: FailureBundle) throws {
    self.bundle = bundle
    record = try FuzzFailure(parsing: bundle.bytes(of: FailureBundle.Name.record))
    graph = try ImportedModel(
      parsing: MappedFile.bytes(of: "\(bundle.path)/\(FailureBundle.Name.model)")
    ).graph()
  }

  /// What is wrong with it now.
  func failure() throws -> CaseFailure? {
    guard let profile = Profile.named(record.profile) else {
      throw BundleFailure.unknown("profile", record.profile, file: FailureBundle.Name.record)
    }
    if let tiler = record.tiler {
      let command = try TilerCommand(
        tiler, secondsLimit: record.tilerSeconds ?? 1, folder: TemporaryFolder.path)
      return try TilerJudge(command, profile: profile, samples: record.samples)
        .outcome(of: graph, seed: record.seed).failure
    }
    let judge = try CaseJudge(graph, profile: profile, on: samples(), seed: record.seed)
    guard let json = try bundle.bytesIfPresent(of: FailureBundle.Name.plan) else {
      return try failureOfTiling(judge, profile)
    }
    let plan = try Plan(json: json)
    return record.mistake == nil
      ? judge.failure(of: plan) : try judge.failure(ofMistakenPlan: plan)
  }

  /// The inputs that were tried, and the one that was saved.
  private func samples() throws -> [Sample] {
    var samples = Sample.standard(for: graph, random: record.samples, seed: record.seed)
    // Where nothing was run, no input was saved.
    if ["in0", "state0"].contains(where: { access("\(bundle.path)/\($0).npy", F_OK) == 0 }) {
      let inputs = try ArrayFolder(bundle.path).inputs(of: graph)
      samples.append(Sample(name: bundle.path, inputs: inputs, isGiven: true))
    }
    return samples
  }

  private func failureOfTiling(_ judge: CaseJudge, _ profile: Profile) throws -> CaseFailure? {
    let tiling = try Tiling(json: bundle.bytes(of: FailureBundle.Name.tiling))
    guard let mistake = record.mistake else {
      do {
        return judge.failure(
          of: try PlanRecipe(profile: profile, groups: tiling.groups).plan(of: graph))
      } catch {
        return CaseFailure(.refused, "\(error)")
      }
    }
    guard let mistake = TilingMistake(rawValue: mistake) else {
      throw BundleFailure.unknown("mistake", mistake, file: FailureBundle.Name.record)
    }
    return judge.failure(of: mistake, in: tiling)
  }
}

extension FailureBundle {
  /// The bytes of one of its files.
  fileprivate func bytes(of name: String) throws -> [UInt8] {
    try MappedFile.bytes(of: "\(path)/\(name)").elements(of: UInt8.self)
  }

  /// The bytes of one of its files, if it is there.
  fileprivate func bytesIfPresent(of name: String) throws -> [UInt8]? {
    access("\(path)/\(name)", F_OK) == 0 ? try bytes(of: name) : nil
  }
}
