import Ops
import Tensor
import TestSupport
import Testing

/// What the operators are found to take, and how they are found to be cut.
@Suite struct OperatorSurveyTests {
  private static let families = Catalog.operators.indices

  private static let capabilities = Dictionary(
    uniqueKeysWithValues: Catalog.capabilities.map { ($0.builtin.name, $0) })

  private func capabilities(_ name: String) throws -> OperatorCapabilities {
    try #require(Self.capabilities[name])
  }

  @Test func eachOperatorIsListedOnceInTheOrderOfTheCatalogue() {
    #expect(
      Catalog.capabilities.map(\.builtin) == Catalog.operators.flatMap { $0.builtins.map(\.self) })
    #expect(Catalog.capabilities.allSatisfy { !$0.types.isEmpty && !$0.cutAxes.isEmpty })
  }

  /// `check` takes more than generators draw: what it takes has a kernel, which does what it should.
  @Test(arguments: families) func whateverIsAcceptedRuns(_ family: Int) {
    let examples = OperatorSurvey(of: Catalog.operators[family]).exampleOfEachCombination
    for (index, example) in examples.enumerated() {
      for law in [OperatorLaw.completeness, .tileIsSlice, .poison, .inPlace] {
        for violation in OperatorLaws(example, seed: UInt64(index)).violations(of: law) {
          Issue.record("\(violation): \(example.signature)")
        }
      }
    }
  }

  /// Types that are drawn are found, whatever the seeds.
  @Test(arguments: families) func whateverIsDrawnIsListed(_ index: Int) throws {
    let family = Catalog.operators[index]
    for seed in 1000..<1100 as Range<UInt64> {
      var generator = SplitMix64(seed: seed)
      let example = family.random(using: &generator)
      let types = try capabilities(example.operation.builtin.name).types
      let operands = example.signature.inputs.map { $0?.type.element }
      let results = example.signature.outputs.map(\.element)
      #expect(
        types.contains { listed in
          zip(operands, listed.operands).allSatisfy { $0 == nil || $0 == $1 }
            && zip(results, listed.results).allSatisfy { $0 == $1 }
        }, "\(example.operation.builtin.name): \(operands) -> \(results)")
    }
  }

  @Test func typesThatAreTaken() throws {
    func elements(_ name: String) throws -> Set<[ElementType?]> {
      Set(try capabilities(name).types.map { $0.operands + $0.results })
    }
    #expect(
      try elements("CONV_2D").isSuperset(of: [
        [.int8, .int8, .int32, .int8], [.uint8, .uint8, .int32, .uint8],
        [.float32, .float32, .float32, .float32],
      ]))
    #expect(try !elements("CONV_2D").contains([.int8, .uint8, .int32, .int8]))
    #expect(try !elements("CONV_2D").contains { $0[0] == .float64 })
    // Generators draw casts to wider types alone.
    #expect(try elements("CAST").contains([.float32, .int16]))
    #expect(try elements("TRANSPOSE").contains([.float64, .int64, .float64]))
    #expect(try !elements("TANH").contains([.int32, .int32]))
  }

  @Test func axesThatMayBeCut() throws {
    let convolution = try capabilities("CONV_2D")
    #expect(convolution.cutAxes.map { $0.map(\.axes) } == [[[0, 1, 2, 3]]])
    #expect(convolution.summedAxes.map(\.axes) == [[1, 2, 3]])
    #expect(convolution.summedAxes.map(\.always) == [[3]])
    #expect(try capabilities("MAX_POOL_2D").summedAxes.isEmpty)
    #expect(try capabilities("AVERAGE_POOL_2D").summedAxes.map(\.axes) == [[1, 2]])
    for use in try capabilities("SOFTMAX").cutAxes[0] {
      #expect(use.axes == Array(0..<use.rank - 1))
      #expect(use.always == use.axes)
    }
  }

  @Test func whatMayBeOverwritten() throws {
    #expect(try capabilities("ADD").inPlaceOperands == [0, 1])
    #expect(try capabilities("RELU").inPlaceOperands == [0])
    #expect(try capabilities("CONV_2D").inPlaceOperands == [])
    #expect(try capabilities("CONV_2D").overlappedOperands == [0])
    #expect(try capabilities("RELU").overlappedOperands == [])
    #expect(try capabilities("SOFTMAX").overlappedOperands == [])
  }

  @Test func numbersOfOperandsAndResults() throws {
    #expect(try capabilities("CONCATENATION").takesAnyNumber)
    #expect(try capabilities("SPLIT").makesAnyNumber)
    #expect(try !capabilities("CONV_2D").takesAnyNumber)
    #expect(try capabilities("CONV_2D").countsMACs)
    #expect(try !capabilities("ADD").countsMACs)
  }
}
