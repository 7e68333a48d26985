import Fuzz
import Graph
import Ops
import Planning
import TFLite
import Tensor
import TestSupport
import Testing
import Verify

@Suite struct CaseFilesTests {
  /// A network of the generator and a recipe of a tiling of it, whose model is no file yet.
  private static func drawn(_ seed: UInt64) throws -> FuzzCase {
    let graph = GraphGenerator(try GenerationOptions()).graph(seed: seed)
    var generator = SplitMix64(seed: seed)
    var recipe = PlanDraw(profile: .tflm).recipe(of: graph, using: &generator)
    recipe.order = nil
    recipe.edits = []
    return FuzzCase(graph, recipe)
  }

  private static func failure(_ subject: FuzzCase) -> CampaignFailure {
    CampaignFailure(subject: subject, failure: CaseFailure(.difference, "said so"), seed: 1)
  }

  /// What is saved is the case: the network that the file holds, its plan, and what both make of an input.
  @Test(arguments: 0..<40 as Range<UInt64>) func holdTheCase(_ seed: UInt64) throws {
    let subject = try Self.drawn(seed)
    let files = try CaseFiles(Self.failure(subject))
    let read = try ImportedModel(parsing: Bytes(copying: files.model)).graph()
    #expect(read.modelHash == files.graph.modelHash)
    #expect(read.nodes.map(\.operatorName) == subject.graph.nodes.map(\.operatorName))
    let (plan, tiling) = (try #require(files.plan), try #require(files.tiling))
    #expect(tiling.groups == subject.recipe.groups)
    #expect(try subject.recipe.plan(of: read) == plan)
    let comparison = try #require(files.comparison)
    #expect(comparison.actual == comparison.expected)
  }

  /// A mistake is in what is saved: in the tiling, or in the plan.
  @Test func holdTheMistake() throws {
    var subject = try Self.drawn(0)
    subject.recipe = PlanRecipe(profile: .tflm)
    subject.mistake = .tiling(.otherModel, seed: 0)
    let ofTiling = try CaseFiles(Self.failure(subject))
    #expect(ofTiling.tiling?.modelHash == ofTiling.graph.modelHash + "0")
    #expect(ofTiling.plan == nil)
    subject.mistake = .plan(.tileMissing, seed: 0)
    let ofPlan = try CaseFiles(Self.failure(subject))
    #expect(ofPlan.tiling == nil)
    #expect(ofPlan.plan != nil)
  }

  /// A case that does not go wrong stays as it is; one that does is made simpler, and keeps its mistake.
  @Test func aFailureIsMadeSimpler() throws {
    let sound = Self.failure(try Self.drawn(3))
    #expect(sound.shrunk().subject.recipe == sound.subject.recipe)
    #expect(sound.shrunk().subject.graph.nodes.count == sound.subject.graph.nodes.count)
    let command = try TilerCommand("printf nonsense > {out}; : {model}", secondsLimit: 10)
    let found = CampaignFailure(
      subject: try Self.drawn(3), failure: CaseFailure(.nonsense, "said so"), seed: 1,
      tiler: command)
    let smallest = found.shrunk()
    #expect(smallest.subject.graph.nodes.count == 1)
    #expect(smallest.failure.kind == .nonsense)
    #expect(try CaseFiles(smallest).made == Array("nonsense".utf8))
  }
}
