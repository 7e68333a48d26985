import Fuzz
import Graph
import TestSupport

/// A network that a tiler is given, and the folder in which it runs.
struct TilerFixture {
  let graph: Graph
  let folder: TemporaryDirectory

  init() throws {
    var builder = GraphBuilder(seed: 1)
    let input = try builder.input([1, 9, 4, 2])
    let middle = try builder.convolution(
      input, channels: 3, window: [3, 3], stride: [1, 1], dilation: [1, 1], isSame: true)
    let output = try builder.convolution(
      middle, channels: 2, window: [3, 1], stride: [1, 1], dilation: [2, 1], isSame: true)
    graph = try builder.graph(outputs: [output])
    folder = try TemporaryDirectory()
  }

  /// What a command does with the network.
  func outcome(_ template: String, secondsLimit: Int = 60, in folder: String? = nil) throws
    -> TilerOutcome
  {
    let command = try TilerCommand(
      template, secondsLimit: secondsLimit, folder: folder ?? self.folder.path)
    return try TilerJudge(command).outcome(of: graph, seed: 1)
  }
}
