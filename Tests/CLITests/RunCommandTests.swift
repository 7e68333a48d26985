import Files
import Foundation
import Graph
import NumPy
import Ops
import Planning
import Tensor
import TestSupport
import Testing

@Suite struct RunCommandTests {
  /// The input of a recorded case of a fixture.
  static func input(_ name: String, _ number: Int) throws -> NPYArray {
    let archive = try NPZArchive(contentsOf: Fixtures.recording(name, profile: "tflm"))
    return try #require(try archive.array(named: "c\(number)_in0"))
  }

  private static func output(
    _ name: String, _ number: Int, _ output: Int = 0
  ) throws -> NPYArray {
    let archive = try NPZArchive(contentsOf: Fixtures.recording(name, profile: "tflm"))
    return try #require(try archive.array(named: "c\(number)_out\(output)"))
  }

  @Test(arguments: Fixtures.names, [0, 3]) func recordedOutputs(
    _ name: String, _ number: Int
  ) throws {
    let bench = try Workbench()
    let run = try Tool.run(
      "run", Fixtures.model(name), "--inputs", bench.inputs("in", [Self.input(name, number)]),
      "--outputs", bench.path("out"))
    #expect(run.exitCode == 0)
    #expect(run.output.hasPrefix("model    \(name), profile tflm\n"))
    #expect(run.errors == "")
    let outputs = try GraphFixture.graph(name).outputs.indices
    #expect(try bench.names(in: "out") == outputs.map { "out\($0).npy" })
    for output in outputs {
      let array = try NPYArray(contentsOf: bench.path("out/out\(output).npy"))
      #expect(try array == Self.output(name, number, output))
    }
  }

  @Test func throughAPlan() throws {
    let bench = try Workbench()
    let graph = try GraphFixture.graph("residual_block")
    let tiling = Tiling(
      modelHash: graph.modelHash, groups: [FusedGroup(ops: [0, 1, 2, 3], mode: .line)])
    let plan = try TilingLowering.plan(tiling, for: graph, profile: .tflm)
    let inputs = try bench.inputs("in", [Self.input("residual_block", 1)])
    for (option, text) in [("--plan", plan.json), ("--tiling", tiling.json)] {
      let run = try Tool.run(
        "run", Fixtures.model("residual_block"), "--inputs", inputs, "--outputs",
        bench.path("out"), "--shadow", option, bench.write("file.json", text))
      #expect(run.exitCode == 0, "\(run.errors)")
      #expect(
        try NPYArray(contentsOf: bench.path("out/out0.npy"))
          == Self.output("residual_block", 1))
    }
  }

  /// What the JSON says of outputs is what the files hold.
  @Test(arguments: [[], ["--dump-all"]]) func json(_ options: [String]) throws {
    let bench = try Workbench()
    let graph = try GraphFixture.graph("detector")
    let run = try Tool.run(
      [
        "run", Fixtures.model("detector"), "--json", "--inputs",
        bench.inputs("in", [Self.input("detector", 0)]), "--outputs", bench.path("out"),
      ] + options)
    #expect(run.exitCode == 0, "\(run.errors)")
    let output: RunOutput = try run.json()
    #expect(output.model == "detector" && output.profile == "tflm" && output.macs == graph.macs)
    #expect(output.outputs.map(\.index) == graph.outputs && output.state.isEmpty)
    #expect(
      output.outputs.map(\.path) == graph.outputs.indices.map { bench.path("out/out\($0).npy") })
    #expect(
      output.dumped.map(\.index) == (options.isEmpty ? [] : graph.nodes.flatMap(\.outputs)))
    for tensor in output.outputs + output.dumped {
      let array = try NPYArray(contentsOf: tensor.path)
      #expect(tensor.name == graph.tensors[tensor.index].name)
      #expect(tensor.element == array.element.description)
      #expect(tensor.shape == array.shape.extents)
      #expect(tensor.sha256 == ContentHash.sha256(of: array.bytes))
    }
  }

  /// Every tensor that an operator makes, each with the hash that was recorded.
  @Test(arguments: Fixtures.names) func dumpAll(_ name: String) throws {
    let bench = try Workbench()
    let graph = try GraphFixture.graph(name)
    let run = try Tool.run(
      "run", Fixtures.model(name), "--profile", "litert", "--dump-all", "--inputs",
      bench.inputs("in", [Self.input(name, 0)]), "--outputs", bench.path("out"))
    #expect(run.exitCode == 0)
    let tensors = graph.nodes.flatMap(\.outputs)
    #expect(
      try bench.names(in: "out")
        == (tensors.map { "t\($0).npy" } + graph.outputs.indices.map { "out\($0).npy" }).sorted())
    let hashes = try recordedHashes(name)
    for tensor in tensors {
      let array = try NPYArray(contentsOf: bench.path("out/t\(tensor).npy"))
      #expect(array.element == graph.tensors[tensor].type.element)
      #expect(array.shape == graph.tensors[tensor].type.shape)
      #expect(ContentHash.sha256(of: array.bytes) == hashes[tensor], "tensor \(tensor)")
    }
    let checked: CheckOutput = try Tool.run(
      "check", Fixtures.model(name), Fixtures.recording(name, profile: "litert"), "--profile",
      "litert", "--json"
    ).json()
    #expect(checked.tensors == tensors.count)
    #expect(checked.verdict == "exact")
  }

  @Test func inputsThatAreNotTheNetworks() throws {
    let bench = try Workbench()
    let right = try Self.input("residual_block", 0)
    func array(_ element: ElementType, _ shape: Shape) -> NPYArray {
      NPYArray(
        element: element, shape: shape,
        bytes: Bytes(copying: [UInt8](repeating: 0, count: shape.count * element.sizeInBytes)))
    }
    let cases: [(NPYArray, String)] = [
      (array(.int8, Shape(1, 16, 12, 9)), "found int8[1,16,12,9]"),
      (array(.int8, Shape(16, 12, 8)), "found int8[16,12,8]"),
      (array(.uint8, right.shape), "found uint8[1,16,12,8]"),
      (array(.float32, right.shape), "found float32[1,16,12,8]"),
    ]
    for (index, (array, message)) in cases.enumerated() {
      let inputs = try bench.inputs("in\(index)", [array])
      let run = try Tool.run(
        "run", Fixtures.model("residual_block"), "--inputs", inputs, "--outputs",
        bench.path("out"))
      #expect(run.exitCode == 4)
      #expect(run.errors.contains("in0.npy: expected int8[1,16,12,8], \(message)"))
      #expect(!bench.exists("out"), "nothing is written")
      let verified = try Tool.run(
        "verify", Fixtures.model("residual_block"), "--inputs", inputs, "--samples", "1")
      #expect(verified.exitCode == 4)
    }
  }

  @Test func filesThatAreNotThere() throws {
    let bench = try Workbench()
    let model = Fixtures.model("residual_block")
    let empty = try bench.inputs("empty", [])
    for inputs in [empty, bench.path("none")] {
      let run = try Tool.run("run", model, "--inputs", inputs, "--outputs", bench.path("out"))
      #expect(run.exitCode == 64)
      #expect(run.errors.contains("in0.npy"))
      #expect(!bench.exists("out"))
    }
    let inputs = try bench.inputs("in", [Self.input("residual_block", 0)])
    for outputs in [bench.path("none/out"), model] {
      let run = try Tool.run("run", model, "--inputs", inputs, "--outputs", outputs)
      #expect(run.exitCode == 64, "\(run.errors)")
    }
    #expect(!bench.exists("none"))
  }

  @Test func anArrayThatIsCutOff() throws {
    let bench = try Workbench()
    let inputs = try bench.inputs("in", [])
    let bytes = try Self.input("residual_block", 0).serialized()
    for length in [0, 5, 10, 100, bytes.count - 1] {
      _ = try bench.write("in/in0.npy", Array(bytes[..<length]))
      let run = try Tool.run(
        "run", Fixtures.model("residual_block"), "--inputs", inputs, "--outputs",
        bench.path("out"))
      #expect(run.exitCode == 4, "\(length)")
      #expect(!bench.exists("out"))
    }
  }

  /// A file system that takes no byte: no half a file is left, nor a temporary one.
  @Test func outputsAreWholeOrNotThere() throws {
    let bench = try Workbench()
    let inputs = try bench.inputs("in", [Self.input("residual_block", 0)])
    for option in ["", "--dump-all"] {
      let run = try Tool.run(
        script: """
          trap '' XFSZ; ulimit -f 0; exec "$TOOL" run "$1" --inputs "$2" --outputs "$3" \(option) \
          2> /dev/null
          """, Fixtures.model("residual_block"), inputs, bench.path("out"))
      #expect(run.exitCode == 64)
      #expect(try bench.names(in: "out") == [])
    }
  }

  /// The hashes of the tensors in the recording beside a fixture, by index.
  private func recordedHashes(_ name: String) throws -> [Int: String] {
    struct Document: Decodable {
      struct Tensor: Decodable {
        let index: Int
        let sha256: String?
      }
      let tensors: [Tensor]
    }
    let path = "\(Fixtures.path)/\(name)/litert/\(name).tensors.json"
    let document = try JSONDecoder().decode(
      Document.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    return Dictionary(
      uniqueKeysWithValues: document.tensors.compactMap { tensor in
        tensor.sha256.map { (tensor.index, $0) }
      })
  }
}
