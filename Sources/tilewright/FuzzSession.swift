import Fuzz
import Glibc
import Graph
import Reporting
import Synchronization

/// A run of `fuzz`: what is shown while it goes on, and what it comes to.
final class FuzzSession: Sendable {
  private struct State {
    var tally = CampaignTally()
    var roundCount = 0
  }

  private let campaign: Campaign
  private let run: FuzzSummary.Run
  private let jobs: Int
  private let folder: String
  private let largestFailureCount: Int
  private let printsJSON: Bool
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  init(
    _ campaign: Campaign, run: FuzzSummary.Run, jobs: Int, folder: String,
    largestFailureCount: Int, printsJSON: Bool
  ) {
    self.campaign = campaign
    self.run = run
    self.jobs = jobs
    self.folder = folder
    self.largestFailureCount = largestFailureCount
    self.printsJSON = printsJSON
  }

  /// Runs until all is done, somebody asks to stop, or enough has failed.
  func finish() throws -> FuzzSummary {
    Interrupt.watch()
    try campaign.run(jobs: jobs, mayGoOn: mayGoOn, take: take)
    ProgressLine.clear()
    let seconds = (ContinuousClock.now - start) / .seconds(1) * Double(jobs)
    return state.withLock { state in
      FuzzSummary(
        run, shards: [campaign.shard],
        isComplete: state.roundCount == campaign.roundCount, jobSeconds: seconds,
        tally: state.tally)
    }
  }

  /// How many pairs this part has, but for the last network's.
  private var pairCount: Int {
    min(campaign.options.count, campaign.roundCount * campaign.options.plansPerNetwork)
  }

  private func mayGoOn() -> Bool {
    !Interrupt.wasAsked && state.withLock { $0.tally.failureCount < largestFailureCount }
  }

  private func take(_ round: CampaignRound) {
    var records: [FuzzFailure] = []
    for failure in round.failures {
      let smallest = failure.shrunk { !Interrupt.wasAsked }
      records.append(FailureBundle.save(smallest, to: folder))
    }
    state.withLock { state in
      state.tally.merge(round.tally)
      state.roundCount += 1
      for record in records { show(record) }
      let done = state.tally.pairCount
      let seconds = max((ContinuousClock.now - start) / .seconds(1), 0.001)
      ProgressLine.update(
        "\(done) of \(pairCount) pairs, \(Int(Double(done) / seconds)) a second, "
          + "\(state.tally.coverage.kindCount) kinds of things drawn, "
          + "\(state.tally.failureCount) failures")
    }
  }

  private func show(_ failure: FuzzFailure) {
    ProgressLine.clear()
    // A record is plain numbers and texts, which can be encoded.
    print(printsJSON ? (try? failure.jsonLine()) ?? "" : failure.text)
    // What was found is kept whatever ends the process.
    fflush(nil)
  }
}
