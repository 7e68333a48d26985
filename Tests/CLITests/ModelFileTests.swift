import Graph
import TestSupport
import Testing

/// Files that are no models, or models that ask for too much.
@Suite struct ModelFileTests {
  /// Every command, with what it needs besides a model.
  private static func commands(_ bench: Workbench) -> [[String]] {
    [
      ["inspect"], ["verify"], ["measure"],
      ["check", Fixtures.recording("residual_block", profile: "tflm")],
      ["run", "--inputs", bench.path("in"), "--outputs", bench.path("out")],
    ]
  }

  private func expect(
    _ exitCode: Int32, _ model: String, _ bench: Workbench, contains message: String
  ) throws {
    for command in Self.commands(bench) {
      let run = try Tool.run([command[0], model] + command.dropFirst())
      #expect(run.exitCode == exitCode, "\(command[0]): \(run.errors)")
      #expect(run.errors.contains(message), "\(command[0]): \(run.errors)")
      #expect(!bench.exists("out"))
    }
  }

  @Test func anEmptyFile() throws {
    let bench = try Workbench()
    try expect(4, bench.write("empty.tflite", [UInt8]()), bench, contains: "tilewright: ")
  }

  @Test func aFileOfAnotherKind() throws {
    let bench = try Workbench()
    let recording = Fixtures.recording("residual_block", profile: "tflm")
    try expect(4, recording, bench, contains: "tilewright: ")
  }

  @Test func aFolder() throws {
    let bench = try Workbench()
    try expect(64, Fixtures.path, bench, contains: "expected a regular file")
  }

  @Test func aFileThatIsNotThere() throws {
    let bench = try Workbench()
    try expect(64, bench.path("none.tflite"), bench, contains: "No such file")
  }

  /// Not a signal, whatever is missing.
  @Test(arguments: 0..<8) func aModelThatIsCutOff(_ block: Int) throws {
    let bench = try Workbench()
    let file = try Workbench.bytes(of: Fixtures.model("residual_block"))
    let lengths = Array(0..<24) + stride(from: 24, to: file.count - 16, by: 97)
    for length in lengths where length % 8 == block {
      let model = try bench.write("cut.tflite", Array(file[..<length]))
      let run = try Tool.run(["inspect", "verify", "measure"][length % 3], model)
      #expect(run.exitCode == 4, "\(length): \(run.errors)")
      #expect(run.output == "")
    }
  }

  @Test func anOperatorThatIsNotSupported() throws {
    let bench = try Workbench()
    var patch = OperatorCodePatch(try Workbench.bytes(of: Fixtures.model("residual_block")))
    // AVERAGE_POOL_2D becomes LSH_PROJECTION.
    let isPatched = patch.replace(1, by: 15)
    try #require(isPatched)
    let model = try bench.write("projection.tflite", patch.file)
    try expect(3, model, bench, contains: "")
    for command in Self.commands(bench).dropFirst() {
      let run = try Tool.run([command[0], model] + command.dropFirst())
      #expect(run.errors.hasPrefix("tilewright: operator 5: LSH_PROJECTION is not supported\n"))
      #expect(run.errors.contains("CONV_2D"), "it says what is")
    }
    let output: InspectOutput = try Tool.run("inspect", model, "--json").json()
    #expect(output.operators[5].name == "LSH_PROJECTION")
    #expect(output.unsupported.map(\.node) == [5])
    #expect(output.macs == nil)
  }

  @Test func anOperatorWithAnothersOptions() throws {
    let bench = try Workbench()
    var patch = OperatorCodePatch(try Workbench.bytes(of: Fixtures.model("residual_block")))
    // AVERAGE_POOL_2D becomes SOFTMAX, and keeps its options.
    let isPatched = patch.replace(1, by: 25)
    try #require(isPatched)
    let model = try bench.write("other.tflite", patch.file)
    try expect(4, model, bench, contains: "operator 5 (SOFTMAX): expected options of type 9")
  }
}
