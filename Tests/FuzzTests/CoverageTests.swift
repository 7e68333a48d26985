import Fuzz
import Testing

@Suite struct CoverageTests {
  private func coverage(of seeds: Range<UInt64>) throws -> Coverage {
    let generator = try GraphGenerator(GenerationOptions())
    var coverage = Coverage()
    for seed in seeds { coverage.add(generator.graph(seed: seed)) }
    return coverage
  }

  @Test func everythingIsDrawn() throws {
    #expect(try coverage(of: 0..<2000).missing() == [])
  }

  @Test func partsAddUpToTheWhole() throws {
    var parts = try coverage(of: 0..<50)
    parts.merge(try coverage(of: 50..<100))
    #expect(try parts == coverage(of: 0..<100))
    #expect(parts.graphCount == 100)
  }

  @Test func missingThingsAreNamed() throws {
    let missing = Coverage().missing(operators: ["ADD"])
    #expect(missing.contains("ADD"))
    #expect(missing.contains(GraphFeature.residual.rawValue))
    #expect(!missing.contains("CONV_2D"))
    let generator = try GraphGenerator(GenerationOptions(operators: ["ADD"]))
    var coverage = Coverage()
    coverage.add(generator.graph(seed: 0))
    #expect(!coverage.missing(operators: ["ADD"]).contains("ADD"))
    #expect(coverage.all(in: .operators).allSatisfy { $0.name.hasPrefix("ADD ") })
  }
}
