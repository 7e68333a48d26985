import Foundation
import Testing

@Suite struct FuzzDrawCommandTests {
  /// A line of the output.
  private struct Line: Decodable {
    let model: String
    let inputs: String
    let cases: Int
    let inputCount: Int
    let implementations: [String]
    let operators: [String]
  }

  /// Each model is one that `check` and `run` read, and values lie beside it; the same seed draws the same.
  @Test func writesModelsAndValues() throws {
    let bench = try Workbench()
    let arguments = ["--ops", "ABS,SQRT", "--count", "4", "--cases", "2", "--seed", "3"]
    let run = try Tool.run(["fuzz", "draw", bench.path("drawn")] + arguments)
    #expect(run.exitCode == 0 && run.errors == "")
    let lines = try run.output.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    #expect(lines.count == 4)
    for line in lines {
      #expect(!line.implementations.isEmpty)
      #expect(line.operators.allSatisfy { $0.hasPrefix("ABS ") || $0.hasPrefix("SQRT ") })
      #expect(try Tool.run("inspect", line.model).exitCode == 0)
      for place in 0..<line.inputCount {
        #expect(FileManager.default.fileExists(atPath: "\(line.inputs)/c1_in\(place).npy"))
      }
    }
    _ = try Tool.run(["fuzz", "draw", bench.path("again")] + arguments)
    for line in lines {
      let again = line.model.replacing("/drawn/", with: "/again/")
      #expect(
        FileManager.default.contents(atPath: line.model)
          == FileManager.default.contents(atPath: again))
    }
  }

  /// A folder that holds something, an operator that there is not, and one that cannot be compared.
  @Test func refusesWhatItCannotDraw() throws {
    let bench = try Workbench()
    _ = try bench.write("kept.txt", "text")
    #expect(try Tool.run("fuzz", "draw", bench.path("")).exitCode == 64)
    #expect(try Tool.run("fuzz", "draw", bench.path("a"), "--ops", "NOTHING").exitCode == 64)
    let run = try Tool.run(
      "fuzz", "draw", bench.path("b"), "--ops", "TFLite_Detection_PostProcess", "--count", "2")
    #expect(run.exitCode == 64)
    #expect(run.errors.contains("--ops: no implementation can be compared"))
    #expect(!FileManager.default.fileExists(atPath: bench.path("b")))
  }
}
