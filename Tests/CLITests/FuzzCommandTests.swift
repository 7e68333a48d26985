import Foundation
import TestSupport
import Testing

@Suite struct FuzzCommandTests {
  private struct Summary: Decodable {
    struct Tally: Decodable {
      let pairCount: Int
      let failureCount: Int
      let digest: String
    }

    let event: String
    let isComplete: Bool
    let tally: Tally
  }

  @Test func aRunWithoutFailure() throws {
    let run = try Tool.run("fuzz", "--count", "40", "--seed", "5")
    #expect(run.exitCode == 0)
    #expect(run.errors == "")
    #expect(run.output.contains("pairs      40 of 10 networks, digest "))
    #expect(run.output.hasSuffix("verdict    no failure\n"))
  }

  /// Shards are merged to the summary of the whole run, whatever their jobs.
  @Test func shardsAreMerged() throws {
    let script = """
      for K in 1 2 3; do "$TOOL" fuzz --count 50 --seed 8 --shard $K/3 --jobs $K --json > $K.jsonl || exit 9; done
      "$TOOL" fuzz merge 2.jsonl 3.jsonl 1.jsonl --json || exit 8
      "$TOOL" fuzz --count 50 --seed 8 --json || exit 7
      "$TOOL" fuzz merge 2.jsonl 3.jsonl --json
      [ $? = 5 ] || exit 6
      """
    let run = try Tool.run(script: script)
    #expect(run.exitCode == 0, "\(run.errors)")
    let lines = try run.output.split(separator: "\n").map {
      try JSONDecoder().decode(Summary.self, from: Data($0.utf8))
    }
    try #require(lines.count == 3)
    #expect(lines.map(\.isComplete) == [true, true, false])
    #expect(lines[0].tally.digest == lines[1].tally.digest)
    #expect(lines[0].tally.pairCount == 50)
    #expect(lines[2].tally.digest != lines[1].tally.digest)
  }

  @Test func shardsOfOtherRunsAreRefused() throws {
    let script = """
      "$TOOL" fuzz --count 8 --seed 1 --shard 1/2 --json > a.jsonl
      "$TOOL" fuzz --count 8 --seed 2 --shard 2/2 --json > b.jsonl
      "$TOOL" fuzz --count 8 --seed 1 --shard 2/3 --json > c.jsonl
      printf '{"event":"failure"' > d.jsonl
      : > e.jsonl
      "$TOOL" fuzz merge a.jsonl b.jsonl; echo $?
      "$TOOL" fuzz merge a.jsonl c.jsonl; echo $?
      "$TOOL" fuzz merge a.jsonl a.jsonl; echo $?
      "$TOOL" fuzz merge d.jsonl; echo $?
      "$TOOL" fuzz merge e.jsonl; echo $?
      "$TOOL" fuzz merge nowhere.jsonl; echo $?
      """
    let run = try Tool.run(script: script)
    #expect(run.output == "4\n4\n4\n4\n4\n64\n")
    let errors = run.errors.split(separator: "\n")
    try #require(errors.count == 6)
    #expect(errors[0].contains("b.jsonl: expected a shard of the first file's run"))
    #expect(errors[1].contains("c.jsonl: expected one of 2 shards, found one of 3"))
    #expect(errors[2].contains("a.jsonl: shard 1/2 is in an earlier file already"))
    #expect(errors[3].contains("d.jsonl, line 1"))
    #expect(errors[4].contains("e.jsonl: expected a summary"))
  }

  /// An interrupt ends the run after the pairs at hand, and the summary says that it is not complete.
  @Test func anInterruptEndsTheRun() throws {
    let script = """
      # The tiler's grandparent is the tool: its parent keeps the time.
      "$TOOL" fuzz --count 100000 --jobs 1 --json \\
        --tiler 'kill -TERM $(cut -d " " -f 4 /proc/$PPID/stat); exit 3; : {model} {out}'
      echo $?
      """
    let run = try Tool.run(script: script)
    let lines = run.output.split(separator: "\n")
    try #require(lines.count == 2, "\(run.output)")
    #expect(lines[1] == "5")
    let summary = try JSONDecoder().decode(Summary.self, from: Data(lines[0].utf8))
    #expect(!summary.isComplete)
    #expect(summary.tally.pairCount == 1)
    #expect(summary.tally.failureCount == 0)
  }

  @Test func plansOfAModel() throws {
    let run = try Tool.run(
      "fuzz", "--model", Fixtures.model("residual_block"), "--count", "12", "--modes", "line")
    #expect(run.exitCode == 0, "\(run.output)")
    #expect(run.output.contains("plans of "))
  }

  /// A tiler with a mistake is found out, the case is shrunk and saved, and replayed as long as the mistake is there.
  @Test func aTilerWithAMistake() throws {
    let script = """
      tiler="'$(dirname "$TOOL")/row-tiler' {model} {out}"
      "$TOOL" fuzz --count 1000 --failures 1 --jobs 1 --tiler "$tiler --forget-dilation" \
        --ops CONV_2D,DEPTHWISE_CONV_2D,MAX_POOL_2D --out found --json > out.jsonl
      echo $?
      head -n 1 out.jsonl
      cd found/pair-*; ls | sort | tr '\\n' ' '; echo; cd ../..
      "$TOOL" replay found/pair-* > replay.txt; echo $?; tail -n 1 replay.txt
      sed -i 's/ --forget-dilation//' found/pair-*/case.json
      "$TOOL" replay found/pair-*; echo $?
      """
    struct Failure: Decodable {
      let kind: String
      let operators: [String]
    }
    let run = try Tool.run(script: script)
    let lines = run.output.split(separator: "\n")
    try #require(lines.count >= 6, "\(run.output) \(run.errors)")
    #expect(lines[0] == "1")
    let failure = try JSONDecoder().decode(Failure.self, from: Data(lines[1].utf8))
    #expect(failure.kind == "static finding")
    #expect(failure.operators.count <= 3)
    #expect(lines[2].contains("case.json expected0.npy in0.npy model.tflite plan.json"))
    #expect(lines[3] == "1")
    #expect(lines[4] == "verdict    fails as it did")
    #expect(lines.suffix(2) == ["verdict    no failure any more", "0"])
  }

  /// A tiler that makes nothing of any network has not been checked.
  @Test func aTilerThatDeclinesEverything() throws {
    let run = try Tool.run(
      "fuzz", "--count", "3", "--tiler", "exit 3; : {model} {out}")
    #expect(run.exitCode == 5)
    #expect(run.output.contains("made       3 declined\n"))
    #expect(run.output.hasSuffix("nothing was checked: the tiler declined every network\n"))
  }

  @Test func nonsenseIsRefused() throws {
    let script = """
      "$TOOL" fuzz --count 0; echo $?
      "$TOOL" fuzz --ops NOPE; echo $?
      "$TOOL" fuzz --modes ffmt,nope; echo $?
      "$TOOL" fuzz --shard 3/2; echo $?
      "$TOOL" fuzz --jobs 0; echo $?
      "$TOOL" fuzz --tiler 'true {model} {out}' --modes line; echo $?
      "$TOOL" fuzz --model nowhere.tflite --ops ADD; echo $?
      "$TOOL" fuzz --out nowhere/at/all; echo $?
      "$TOOL" fuzz --tiler 'true {model}'; echo $?
      "$TOOL" fuzz --count 2 --tiler './nowhere {model} {out}'; echo $?
      "$TOOL" fuzz --model nowhere.tflite; echo $?
      "$TOOL" replay nowhere; echo $?
      mkdir empty; printf '{}' > empty/case.json; "$TOOL" replay empty; echo $?
      """
    let run = try Tool.run(script: script)
    #expect(run.output == String(repeating: "64\n", count: 12) + "4\n", "\(run.errors)")
    #expect(run.errors.contains("expected a failure of fuzz, found no key"))
  }
}
