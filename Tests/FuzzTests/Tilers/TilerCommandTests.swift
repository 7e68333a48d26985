import Foundation
import Fuzz
import Graph
import TestSupport
import Testing

@Suite struct TilerCommandTests {
  /// A command that goes wrong, how, and what the message has to say.
  struct Wrong: CustomTestStringConvertible, Sendable {
    let command: String
    let kind: CaseFailure.Kind
    let says: String

    init(_ command: String, _ kind: CaseFailure.Kind, says: String) {
      self.command = command
      self.kind = kind
      self.says = says
    }

    var testDescription: String { command }

    static let all = [
      Wrong("exit 1 # {model} {out}", .crashed, says: "found exit code 1; it printed nothing"),
      Wrong("echo no rows >&2; exit 70 # {model} {out}", .crashed, says: "it printed: no rows"),
      Wrong(
        "kill -SEGV $$ # {model} {out}", .crashed, says: "found signal 11 (Segmentation fault)"),
      Wrong(
        "cp {model} {out}; sh -c 'kill -ABRT $$'; exit $?", .crashed,
        says: "found exit code 134 (as of signal 6, Aborted)"),
      Wrong("exit 124 # {model} {out}", .crashed, says: "found exit code 124"),
      Wrong("kill -KILL $$ # {model} {out}", .crashed, says: "found signal 9 (Killed)"),
      Wrong("true {model} {out}", .nonsense, says: "expected a file at {out}, found none"),
      Wrong("mkdir {out} # {model}", .nonsense, says: "expected a regular file"),
      Wrong("mkfifo {out} # {model}", .nonsense, says: "expected a regular file"),
      Wrong(": > {out} # {model}", .nonsense, says: "found an empty file"),
      Wrong("echo plan > {out} # {model}", .nonsense, says: "found 5 bytes of something else"),
      Wrong(
        "echo '{\"steps\": [' > {out} # {model}", .nonsense, says: "expected a plan or a tiling"),
      Wrong("echo '{\"steps\": []}' > {out} # {model}", .nonsense, says: "the key format"),
      Wrong("head -c 200 {model} > {out}", .nonsense, says: "the rewritten model: "),
      Wrong("truncate -s 1G {out} # {model}", .crashed, says: "File size limit exceeded"),
      Wrong(
        "trap '' XFSZ; head -c 70M /dev/zero > {out} # {model}", .nonsense,
        says: "at most 67108864 bytes, found a larger one"),
    ]
  }

  @Test(arguments: Wrong.all) func findsWhatGoesWrong(_ wrong: Wrong) throws {
    let fixture = try TilerFixture()
    let outcome = try fixture.outcome(wrong.command)
    #expect(outcome.failure?.kind == wrong.kind, "\(outcome.verdict)")
    #expect(outcome.failure?.message.contains(wrong.says) == true, "\(outcome.verdict)")
    #expect(outcome.failure?.message.contains(fixture.folder.path) == false)
    #expect(try fixture.folder.names() == [])
  }

  /// Processes that outlive their time, or the tiler, end with it, also those that ignore a polite signal.
  @Test(arguments: [
    "sleep 600 # {model} {out}", "trap '' TERM; sleep 600 & wait; sleep 600 # {model} {out}",
  ]) func stopsWhatHangs(command: String) throws {
    let fixture = try TilerFixture()
    let clock = ContinuousClock.now
    let outcome = try fixture.outcome("echo working; " + command, secondsLimit: 1)
    #expect(outcome.failure?.kind == .timedOut, "\(outcome.verdict)")
    #expect(outcome.failure?.message.contains("it printed: working") == true)
    #expect(ContinuousClock.now - clock < .seconds(60))
    #expect(try fixture.folder.names() == [])
  }

  /// A pipe ends for its reader when nobody is left who could write to it.
  @Test func killsWhatIsLeftRunning() throws {
    let fixture = try TilerFixture()
    let pipe = fixture.folder.path + "/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(reader) }
    let clock = ContinuousClock.now
    let outcome = try fixture.outcome("exec 9> '\(pipe)'; sleep 60 & cp {model} {out}")
    #expect(outcome.verdict == .sound)
    try #require(fcntl(reader, F_SETFL, 0) == 0)
    var byte: UInt8 = 0
    #expect(read(reader, &byte, 1) == 0)
    #expect(ContinuousClock.now - clock < .seconds(50))
  }

  @Test(arguments: [2, 3]) func takesNoForAnAnswer(code: Int) throws {
    let outcome = try TilerFixture().outcome("echo too large; exit \(code) # {model} {out}")
    #expect(outcome.verdict == .declined(reason: "exit code \(code); it printed: too large"))
    #expect(outcome.made == nil)
  }

  /// Paths of all kinds reach the command as one word each, and what stands in them is no placeholder.
  @Test(arguments: ["a b", "it's", "$HOME", "{out}", "`x`;\"*", "é\n"])
  func quotesPaths(name: String) throws {
    let fixture = try TilerFixture()
    let odd = fixture.folder.path + "/" + name
    try FileManager.default.createDirectory(atPath: odd, withIntermediateDirectories: false)
    #expect(try fixture.outcome("cp {model} {out}", in: odd).verdict == .sound)
    #expect(try fixture.folder.names() == [name])
  }

  @Test func keepsTheEndOfWhatIsPrinted() throws {
    let fixture = try TilerFixture()
    let outcome = try fixture.outcome(
      "yes | head -c 1000000; printf 'a\\033[1m\\377b {model} of {folder}\\n'; exit 1 # {out}")
    let message = try #require(outcome.failure?.message)
    #expect(message.hasSuffix("y\na[1m\u{FFFD}b {model} of {folder}"), "\(message.suffix(80))")
    #expect(message.count < 2_200)
  }

  @Test func namesPathsInWhatIsPrinted() throws {
    let outcome = try TilerFixture().outcome("echo {model}, {out}; exit 1")
    #expect(outcome.failure?.message.hasSuffix("it printed: {model}, {out}") == true)
  }

  @Test func removesWhatTheTilerLeaves() throws {
    let fixture = try TilerFixture()
    let outcome = try fixture.outcome(
      "cd $(dirname {out}); mkdir -p a/b; ln -s / a/root; touch a/b/c; cp {model} {out}")
    #expect(outcome.verdict == .sound)
    #expect(try fixture.folder.names() == [])
  }

  @Test func runsManyAtOnce() async throws {
    let fixture = try TilerFixture()
    let verdicts = try await withThrowingTaskGroup(of: TilerOutcome.Verdict.self) { group in
      for _ in 0..<16 { group.addTask { try fixture.outcome("cp {model} {out}").verdict } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(verdicts == Array(repeating: .sound, count: 16))
    #expect(try fixture.folder.names() == [])
  }

  @Test func refusesCommandsThatCannotBeRun() throws {
    #expect(throws: TilerCommandError.noPlaceholder("{out}", template: "x {model}")) {
      try TilerCommand("x {model}", secondsLimit: 1)
    }
    #expect(throws: TilerCommandError.noPlaceholder("{model}", template: "")) {
      try TilerCommand("", secondsLimit: 1)
    }
    for seconds in [0, 86_401] {
      #expect(throws: TilerCommandError.secondsLimit(seconds)) {
        try TilerCommand("x {model} {out}", secondsLimit: seconds)
      }
    }
    let fixture = try TilerFixture()
    let error = #expect(throws: TilerCommandError.self) {
      try fixture.outcome("/nowhere/tiler {model} {out}")
    }
    #expect("\(try #require(error))".contains("printed: "))
    let nowhere = fixture.folder.path + "/none"
    #expect(throws: TilerCommandError.folder(path: nowhere, code: 2)) {
      try fixture.outcome("cp {model} {out}", in: nowhere)
    }
  }
}
