import ArgumentParser
import Files
import Planning
import Reporting
import Tensor

struct LayoutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "layout",
    abstract: "Gives addresses to the buffers of a problem in minimalloc's CSV.",
    discussion: """
      A line is id,lower,upper,size: live from lower until before upper; a column offset fixes buffers. \
      Without a capacity the peak is minimised. Exit code 0: they fit; 2: they do not, and it is \
      proved; 5: the search reached its limit without an answer.
      """)

  @Argument(help: "The problem, as CSV.")
  var problem: String

  @Option(
    parsing: .unconditional, help: "The bytes to fit in, such as 65536, 64K or 1M.",
    transform: ByteCount.init(parsing:))
  var capacity: ByteCount?

  @Option(parsing: .unconditional, help: "What offsets are multiples of: a power of two.")
  var alignment = 1

  @Option(
    parsing: .unconditional,
    help: "How many times an exact search may place a buffer, before it gives up.")
  var nodeLimit = LayoutSolver().nodeLimit

  @Option(help: "Write the problem with an offset for each buffer to this file, as CSV.")
  var output: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard alignment > 0, alignment & (alignment - 1) == 0, alignment <= 1 << 20 else {
      throw ValidationError("--alignment: expected a power of two up to 1M, found \(alignment).")
    }
    guard (0...1 << 40).contains(nodeLimit) else {
      throw ValidationError("--node-limit: expected 0 to \(1 << 40), found \(nodeLimit).")
    }
  }

  func run() throws {
    let table = try read()
    if let output { try AtomicFile.check(output) }
    let solver = LayoutSolver(nodeLimit: nodeLimit)
    let answer =
      capacity.map { solver.fit(table.problem, capacity: $0.bytes) }
      ?? .fits(solver.least(table.problem))
    let (layout, exitCode): (Layout, ExitCode?) =
      switch answer {
      case .fits(let layout): (layout, nil)
      case .doesNotFit(let layout): (layout, .doesNotFit)
      case .unknown(let layout): (layout, .inconclusive)
      }
    if let output, exitCode == nil {
      try Array(table.text(offsets: layout.offsets).utf8).write(to: output)
    }
    try Terminal.show(
      LayoutDocument(
        problem: problem, buffers: table.ids.count, capacity: capacity?.bytes,
        peakInBytes: layout.peakInBytes, lowerBound: layout.lowerBound,
        searchedNodes: layout.searchedNodes),
      json: json)
    if let exitCode { throw exitCode }
  }

  /// The problem; a complaint names the file.
  private func read() throws -> LayoutCSV {
    let text = try MappedFile.bytes(of: problem).elements(of: UInt8.self)
    do throws(LayoutCSVError) {
      return try LayoutCSV(parsing: text, alignment: alignment)
    } catch {
      throw LayoutFileError(path: problem, error: error)
    }
  }
}

/// A table that cannot be read, and the file that it is in.
private struct LayoutFileError: CommandFailure, CustomStringConvertible {
  let path: String
  let error: LayoutCSVError

  var exitCode: ExitCode { .malformed }
  var description: String { "\(path): \(error)" }
}
