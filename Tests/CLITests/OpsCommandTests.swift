import Ops
import TestSupport
import Testing

@Suite struct OpsCommandTests {
  /// What `ops --json` prints.
  struct Output: Decodable {
    struct Types: Decodable {
      let operands: [String?]
      let results: [String]
    }

    struct Axes: Decodable {
      let result: Int?
      let rank: Int
      let axes: [Int]
      let always: [Int]
    }

    struct Operator: Decodable {
      let name: String
      let code: Int
      let types: [Types]
      let cutAxes: [Axes]
      let summedAxes: [Axes]
      let inPlaceOperands: [Int]
      let overlappedOperands: [Int]
      let countsMACs: Bool
    }

    let operators: [Operator]
  }

  private static let builtins = Catalog.operators.flatMap { $0.builtins.map(\.self) }

  @Test func theWholeCatalogue() throws {
    let run = try Tool.run("ops", "--json")
    #expect(run.exitCode == 0)
    #expect(run.errors == "")
    let output: Output = try run.json()
    #expect(output.operators.map(\.name) == Self.builtins.map(\.name))
    #expect(output.operators.map(\.code) == Self.builtins.map(\.code))
    for row in output.operators {
      #expect(!row.types.isEmpty)
      #expect(row.types.allSatisfy { !$0.results.isEmpty })
      for axes in row.cutAxes + row.summedAxes {
        #expect(axes.axes.allSatisfy { (0..<axes.rank).contains($0) })
        #expect(Set(axes.always).isSubset(of: axes.axes))
      }
      #expect(row.cutAxes.allSatisfy { $0.result != nil })
      #expect(row.summedAxes.allSatisfy { $0.result == nil })
    }
    #expect(try Tool.run("ops", "--json").output == run.output)
  }

  @Test func textHasARowForEach() throws {
    let run = try Tool.run("ops")
    #expect(run.exitCode == 0)
    let lines = run.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("operator"))
    for builtin in Self.builtins {
      #expect(lines.count { $0.hasPrefix(builtin.name + " ") } == 1)
    }
    #expect(run.output.contains(" T T int32 -> T "))
    #expect(run.output.contains("T ... -> T"))
  }
}
