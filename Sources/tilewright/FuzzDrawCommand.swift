import ArgumentParser
import Files
import Fuzz
import Graph
import Ops
import NumPy
import Reporting
import TFLite

struct FuzzDrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw",
    abstract: "Writes random networks as models, and values for their inputs.",
    discussion: """
      What is drawn is what another implementation has kernels for. Networks of even numbers have one operator, of each \
      kind in turn, the others have several. Each is written to NUMBER.tflite, and the values of case K for input J to \
      NUMBER/cK_inJ.npy; for these all results are defined. The same seed and number draw the same network. Prints a \
      JSON line for each: the profiles whose implementations have all kernels, and the operators with their types.
      """)

  @Argument(help: "A folder for the models; made if it is not there, else empty.")
  var folder: String

  @Option(parsing: .unconditional, help: "How many networks to draw.")
  var count = 100

  @Option(parsing: .unconditional, help: "The number of the first one.")
  var first = 0

  @Option(parsing: .unconditional, help: "What networks are drawn from.")
  var seed: UInt64 = 0

  @Option(parsing: .unconditional, help: "How many cases each has.")
  var cases = 3

  @Option(help: "Draw these operators alone, with commas between; `tilewright ops` lists them.")
  var ops: String?

  func validate() throws {
    guard (1...1_000_000).contains(count), (1...1000).contains(cases), first >= 0,
      first <= 1_000_000_000
    else {
      throw ValidationError(
        "Expected --count of 1 to 1000000, --cases of 1 to 1000 and --first of 0 to 1000000000.")
    }
    _ = try options()
  }

  private func options() throws -> GenerationOptions {
    let names = ops?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    do {
      return try GenerationOptions(
        operators: names ?? GenerationOptions.allOperators, operatorCount: 1...6, largestExtent: 8)
    } catch {
      throw ValidationError("--ops: \(error)")
    }
  }

  func run() throws {
    let networks = RunnableNetworks(try options(), seed: seed)
    var target = ArrayFolder(folder)
    try target.createEmpty()
    var written = 0
    for number in first..<first + count {
      guard let network = networks.network(number, caseCount: cases) else { continue }
      written += 1
      let path = "\(folder)/\(number)"
      try AtomicFile.write([
        (path: "\(path).tflite", bytes: ModelWriter.bytes(of: network.graph))
      ])
      var inputs = ArrayFolder(path)
      try inputs.create()
      for (index, values) in network.cases.enumerated() {
        for (input, (value, tensor)) in zip(values, network.graph.modelInputs).enumerated() {
          _ = try inputs.write(
            value, of: network.graph.tensors[tensor].type, as: "c\(index)_in\(input)")
        }
      }
      print(
        try DrawnModelRecord(network, number: number, model: "\(path).tflite", inputs: path)
          .jsonLine())
    }
    if written == 0 {
      target.removeIfUnused()
      throw ValidationError(
        "--ops: no implementation can be compared on networks of these operators alone; name others beside them."
      )
    }
    if written < count {
      Terminal.printError("\(count - written) of \(count) networks could not be drawn")
    }
  }
}
