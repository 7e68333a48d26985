import Graph
import NumPy
import Tensor
import TestSupport
import Testing

@Suite struct CheckCommandTests {
  private static let block = Fixtures.model("residual_block")

  @Test(arguments: Fixtures.names, ["tflm", "litert"])
  func theFixturesAreExact(_ name: String, _ profile: String) throws {
    let recording = Fixtures.recording(name, profile: profile)
    let run = try Tool.run(
      "check", Fixtures.model(name), recording, "--profile", profile, "--json")
    #expect(run.exitCode == 0)
    let output: CheckOutput = try run.json()
    #expect(output.verdict == "exact")
    #expect(output.profile == profile)
    #expect(output.recording == recording)
    #expect(output.cases == ["c0", "c1", "c2", "c3"])
    let graph = try GraphFixture.graph(name)
    #expect(output.outputs == 4 * graph.outputs.count)
    #expect(output.mismatches == [])
    #expect(output.notes == [])
    // The hashes of inner tensors lie beside LiteRT's recording alone.
    let count = graph.nodes.count
    #expect(output.tensors == (profile == "litert" ? count : 0))
    let text = try Tool.run("check", Fixtures.model(name), recording, "--profile", profile)
    #expect(text.exitCode == 0)
    #expect(text.output.hasSuffix("verdict  exact\n"))
  }

  @Test(arguments: ["tflm", "litert"]) func oneByteThatDiffers(_ profile: String) throws {
    let bench = try Workbench()
    let recording = try bench.write(
      "changed.npz", Self.archive { name, codes in if name == "c2_out0" { codes[17] ^= 1 } })
    let run = try Tool.run("check", Self.block, recording, "--profile", profile, "--json")
    #expect(run.exitCode == 1)
    let output: CheckOutput = try run.json()
    #expect(output.verdict == "different")
    #expect(output.mismatches.count == 1)
    // Element 17 of [1,4,3,16].
    let found = try #require(output.mismatches.first)
    #expect(found.hasPrefix("c2: output 0 (StatefulPartitionedCall_1:0), made by operator 5: "))
    #expect(found.contains("1 of 192 elements differ, the first at [0, 0, 1, 1]: "))
  }

  @Test func oneByteOfAnInput() throws {
    let bench = try Workbench()
    let recording = try bench.write(
      "changed.npz", Self.archive { name, codes in if name == "c1_in0" { codes[700] ^= 0x40 } })
    #expect(try Tool.run("check", Self.block, recording).exitCode == 1)
  }

  @Test func whatHasNoCasesOrNoOutputs() throws {
    let bench = try Workbench()
    for (kept, message) in [
      (["c0_out0"], "c0_in0"), (["c0_in0"], "c0_out0"), (["c0_in1", "c0_out0"], "c0_in"),
      ([], "found no case"),
    ] {
      let recording = try bench.write("part.npz", Self.archive(renaming: kept) { _, _ in })
      let run = try Tool.run("check", Self.block, recording)
      #expect(run.exitCode == 4)
      #expect(run.errors.contains(message), "\(run.errors)")
      #expect(run.output == "")
    }
  }

  @Test func aRecordingOfAnotherModel() throws {
    let recording = Fixtures.recording("keyword_spotter", profile: "tflm")
    let run = try Tool.run("check", Self.block, recording)
    #expect(run.exitCode == 4)
    #expect(run.errors.contains("c0_in0: expected int8[1,16,12,8], found int8[1,49,10,1]"))
  }

  @Test func aCompressedRecording() throws {
    let bench = try Workbench()
    let recording = try bench.write("deflated.npz", Self.archive(method: 8) { _, _ in })
    let run = try Tool.run("check", Self.block, recording)
    #expect(run.exitCode == 4)
    #expect(run.errors.contains("compress"), "\(run.errors)")
  }

  @Test func aRecordingThatIsCutOffOrDamaged() throws {
    let bench = try Workbench()
    let file = try Workbench.bytes(of: Fixtures.recording("residual_block", profile: "tflm"))
    for length in Array(0..<4) + stride(from: 4, to: file.count, by: 811) {
      let recording = try bench.write("cut.npz", Array(file[..<length]))
      let run = try Tool.run("check", Self.block, recording)
      #expect(run.exitCode == 4, "\(length): \(run.errors)")
    }
    var damaged = file
    damaged[200] ^= 1
    let run = try Tool.run("check", Self.block, bench.write("damaged.npz", damaged))
    #expect(run.exitCode == 4)
    #expect(run.errors.contains("c0_in0"), "\(run.errors)")
  }

  @Test func filesThatCannotBeRead() throws {
    let bench = try Workbench()
    #expect(try Tool.run("check", Self.block, bench.path("none.npz")).exitCode == 64)
    #expect(try Tool.run("check", Self.block, Fixtures.path).exitCode == 64)
  }

  /// Hashes are LiteRT's: they judge under its profile, and inform under the other.
  @Test func anInnerTensorThatDiffers() throws {
    let bench = try Workbench()
    let recording = try bench.write("block.npz", Self.archive { _, _ in })
    let wrong = #"{"tensors": [{"index": 10, "sha256": "00"}, {"index": 11, "sha256": "00"}]}"#
    _ = try bench.write("block.tensors.json", wrong)
    let litert = try Tool.run(
      "check", Self.block, recording, "--profile", "litert", "--json")
    #expect(litert.exitCode == 1)
    let judged: CheckOutput = try litert.json()
    #expect(judged.tensors == 2)
    #expect(judged.mismatches.count == 1)
    #expect(judged.mismatches.first?.contains("tensor 10 ") == true, "the first one")
    let tflm = try Tool.run("check", Self.block, recording, "--json")
    #expect(tflm.exitCode == 0)
    let informed: CheckOutput = try tflm.json()
    #expect(informed.mismatches == [])
    #expect(informed.notes.count == 1)
    _ = try bench.write("block.tensors.json", #"{"tensors": [{"index": "10"}]}"#)
    let malformed = try Tool.run("check", Self.block, recording)
    #expect(malformed.exitCode == 4)
    #expect(malformed.errors.contains("tensors[0].index"))
  }

  @Test func membersOfOtherNamesAreMentioned() throws {
    let bench = try Workbench()
    let recording = try bench.write(
      "more.npz", Self.archive(renaming: ["c0_in0", "c0_out0", "cO_out0"]) { _, _ in })
    let run = try Tool.run("check", Self.block, recording, "--json")
    #expect(run.exitCode == 0)
    #expect(try run.json(CheckOutput.self).notes == ["not compared: cO_out0"])
  }

  /// The recording of `residual_block` with the codes of each member changed by `change`, or its
  /// first members alone, under other names.
  private static func archive(
    renaming names: [String]? = nil, method: UInt64 = 0,
    _ change: (_ name: String, inout [UInt8]) -> Void
  ) throws -> [UInt8] {
    let source = try NPZArchive(
      contentsOf: Fixtures.recording("residual_block", profile: "tflm"))
    var zip = ZipWriter(method: method)
    for name in names ?? source.memberNames {
      // An unknown name stands for an output, an input of another number for an input.
      let known =
        source.memberNames.contains(name) ? name : name.contains("in") ? "c0_in0" : "c0_out0"
      let array = try #require(try source.array(named: known))
      var codes = array.bytes.elements(of: UInt8.self)
      change(name, &codes)
      zip.add(
        name,
        NPYArray(element: array.element, shape: array.shape, bytes: Bytes(copying: codes)))
    }
    return zip.archive
  }
}
