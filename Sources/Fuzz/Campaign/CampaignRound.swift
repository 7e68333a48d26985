internal import Graph
internal import Ops
internal import Tensor
internal import Verify

/// What one network and its plans came to.
public struct CampaignRound: Sendable {
  /// What was done.
  public private(set) var tally = CampaignTally()
  /// What went wrong.
  public private(set) var failures: [CampaignFailure] = []

  private let graph: Graph
  private let seed: UInt64
  private let samples: Int
  private let pairs: Range<Int>

  /// Starts with nothing checked, of a network that somebody gave unless it `isDrawn`; the pairs are those that are
  /// numbered `pairs` in the whole run.
  init(_ graph: Graph, isDrawn: Bool, seed: UInt64, samples: Int, pairs: Range<Int>) {
    self.graph = graph
    self.seed = seed
    self.samples = samples
    self.pairs = pairs
    if isDrawn { tally.coverage.add(graph) }
  }

  /// Draws plans and checks them, then makes mistakes in sound ones.
  mutating func checkPlans(
    _ draw: PlanDraw, _ judge: CaseJudge, using generator: inout SplitMix64
  ) {
    var sound: [(recipe: PlanRecipe, binding: PlanBinding)] = []
    for pair in pairs {
      let (recipe, plan) = draw.draw(of: graph, using: &generator)
      do {
        let binding = try PlanBinding(plan.get(), to: graph)
        count(binding, recipe, pair)
        if let failure = judge.failure(of: binding) {
          add(failure, recipe, pair: pair)
        } else {
          sound.append((recipe, binding))
        }
      } catch let faults as PlanFaults {
        tally.addPair(pair, [])
        add(CaseFailure(.malformed, "\(faults)"), recipe, pair: pair)
      } catch {
        tally.addPair(pair, [])
        add(CaseFailure(.refused, "\(error)"), recipe, pair: pair)
      }
    }
    guard let (recipe, binding) = sound.randomElement(using: &generator) else { return }
    makePlanMistake(in: binding, recipe, judge, using: &generator)
    if let tiled = sound.first(where: { $0.recipe.order == nil && !$0.recipe.groups.isEmpty }) {
      makeTilingMistake(in: tiled.recipe, judge, using: &generator)
    }
  }

  /// Gives the network to a tiler and checks what it makes, tilings and models under a profile.
  ///
  /// - Throws: what keeps the tiler from being run at all.
  mutating func check(_ tiler: TilerCommand, _ profile: Profile) throws(TilerCommandError) {
    tally.addPair(pairs.lowerBound, [graph.tensors.count, graph.nodes.count, graph.macs])
    let recipe = PlanRecipe(profile: profile)
    do {
      let judge = TilerJudge(tiler, profile: profile, samples: samples)
      let outcome = try judge.outcome(of: graph, seed: seed)
      if let program = outcome.program { tally.programs[program.kind, default: 0] += 1 }
      switch outcome.verdict {
      case .sound: break
      case .declined: tally.declinedCount += 1
      case .unproved: tally.unprovedCount += 1
      case .failure(let failure): add(failure, recipe, tiler: tiler)
      }
    } catch let error as TilerCommandError {
      throw error
    } catch {
      add(CaseFailure(.refused, "\(error)"), recipe)
    }
  }

  /// Notes something that went wrong, with a mistake if one was made on purpose.
  mutating func add(
    _ failure: CaseFailure, _ recipe: PlanRecipe, pair: Int? = nil, mistake: Mistake? = nil,
    tiler: TilerCommand? = nil
  ) {
    tally.failureCount += 1
    failures.append(
      CampaignFailure(
        pair: pair ?? pairs.lowerBound, subject: FuzzCase(graph, recipe, mistake: mistake),
        failure: failure, seed: seed, samples: samples, tiler: tiler))
  }

  private mutating func count(_ binding: PlanBinding, _ recipe: PlanRecipe, _ pair: Int) {
    tally.coverage.add(binding, recipe)
    let plan = binding.plan
    tally.addPair(
      pair,
      [graph.tensors.count, graph.macs, plan.steps.count, plan.peakInBytes]
        + plan.buffers.map(\.offset))
  }

  private mutating func makePlanMistake(
    in binding: PlanBinding, _ recipe: PlanRecipe, _ judge: CaseJudge,
    using generator: inout SplitMix64
  ) {
    let classes = FaultClass.allCases
    let faultClass = classes[Int.random(in: classes.indices, using: &generator)]
    let place = generator.next()
    do {
      let (fault, missed) = try judge.attempt(faultClass, in: binding, seed: place)
      tally.add(fault)
      if let missed {
        add(CaseFailure(missed), recipe, mistake: .plan(faultClass, seed: place))
      }
    } catch {
      add(CaseFailure(.refused, "\(error)"), recipe)
    }
  }

  private mutating func makeTilingMistake(
    in sound: PlanRecipe, _ judge: CaseJudge, using generator: inout SplitMix64
  ) {
    var recipe = sound
    recipe.edits = []
    let place = generator.next()
    guard let tiling = recipe.tiling(of: graph) else { return }
    let possible = TilingMistake.allCases.filter {
      $0.applied(to: tiling, of: graph, seed: place) != nil
    }
    guard let kind = possible.randomElement(using: &generator) else { return }
    let mistake = Mistake.tiling(kind, seed: place)
    let failure = judge.failure(of: recipe, mistake: mistake)
    tally.add(kind, isNoticed: failure == nil)
    if let failure { add(failure, recipe, mistake: mistake) }
  }
}
