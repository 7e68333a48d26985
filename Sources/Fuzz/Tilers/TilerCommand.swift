internal import Files
internal import Tensor

/// A program that makes a plan, a tiling or a rewritten model of a model, run by a shell.
///
/// What it does is judged, never trusted: it may crash, hang, print without end and write anything.
public struct TilerCommand: Sendable {
  /// The largest file that is read, 64 MiB; the command cannot write a larger one.
  public static let largestOutputInBytes = 64 << 20
  /// How much of what the command printed is kept, in characters.
  public static let keptTextLength = 2_000

  /// The shell's command, in which `{model}` and `{out}` stand for paths.
  public let template: String
  /// How long one run may take.
  public let secondsLimit: Int
  /// Where each run has a folder of its own.
  private let folder: String

  /// Prepares a command.
  ///
  /// Placeholders are replaced by quoted paths, so that they stand outside of quotes; each may occur several
  /// times. `folder` has to exist.
  ///
  /// - Throws: unless both placeholders are there and the limit is in 1...86,400.
  public init(
    _ template: String, secondsLimit: Int, folder: String = "/tmp"
  ) throws(TilerCommandError) {
    for placeholder in ["{model}", "{out}"] where !template.contains(placeholder) {
      throw .noPlaceholder(placeholder, template: template)
    }
    guard !template.utf8.contains(0) else { throw .zeroByte }
    guard (1...86_400).contains(secondsLimit) else { throw .secondsLimit(secondsLimit) }
    self.template = template
    self.secondsLimit = secondsLimit
    self.folder = folder
  }

  /// Runs the command once, in the current directory, on the bytes of a model.
  ///
  /// It reads nothing from standard input. When it ends, or its time is up, all processes of its group are
  /// killed, and its folder is removed. Several threads may call this at once.
  ///
  /// - Throws: what keeps the command from being run at all.
  public func run(on model: [UInt8]) throws(TilerCommandError) -> TilerRun {
    let scratch = try ScratchFolder(in: folder)
    defer { scratch.remove() }
    let model = try scratch.write(model, as: "model.tflite")
    let (out, log) = (scratch.path + "/out", scratch.path + "/log")
    let process = TimedProcess(
      script: script(model: model, out: out), secondsLimit: secondsLimit)
    let end = try process.run(log: log)
    let printed = PrintedText(
      log: log, names: [(model, "{model}"), (out, "{out}"), (scratch.path, "{folder}")])
    return try outcome(end, out: out, printed)
  }

  /// The command on these paths, kept from writing core files, and files that are larger than is read.
  private func script(model: String, out: String) -> String {
    let blocks = Self.largestOutputInBytes / 512 + 1
    // What stands in a path is not looked at again.
    let command = template.split(separator: "{model}", omittingEmptySubsequences: false)
      .map { $0.replacing("{out}", with: ShellWord.quoted(out)) }
      .joined(separator: ShellWord.quoted(model))
    return "ulimit -c 0; ulimit -f \(blocks) 2>/dev/null || :\n\(command)"
  }

  private func outcome(
    _ end: TimedProcess.End, out: String, _ printed: PrintedText
  ) throws(TilerCommandError) -> TilerRun {
    func failed(_ kind: CaseFailure.Kind, _ message: String) -> TilerRun {
      .failed(CaseFailure(kind, "the tiler: \(message); \(printed)"))
    }
    if end == .timedOut {
      return failed(.timedOut, "expected an end within \(secondsLimit) s, found it still running")
    }
    let found = Result { () throws(FileError) in try MappedFile.bytes(of: out) }
    if case .success(let bytes) = found, bytes.count > Self.largestOutputInBytes {
      return failed(
        .nonsense,
        "expected a file of at most \(Self.largestOutputInBytes) bytes, found a larger one")
    }
    switch end {
    case .exited(0): break
    case .exited(let code) where code == 2 || code == 3:
      return .declined(reason: "\(end); \(printed)")
    case .exited(let code) where code == 126 || code == 127:
      throw .cannotRun(template: template, printed: "\(printed)")
    default: return failed(.crashed, "expected exit code 0, 2 or 3, found \(end)")
    }
    switch found {
    case .success(let bytes): return .made(bytes.elements(of: UInt8.self))
    case .failure(.refused(.open, _, code: ScratchFolder.noSuchFile)):
      return failed(.nonsense, "expected a file at {out}, found none")
    case .failure(.notRegularFile):
      return failed(.nonsense, "expected a regular file at {out}, found something else")
    case .failure:
      return failed(.nonsense, "expected a file at {out}, found one that cannot be read")
    }
  }
}
