public import Graph
internal import Ops

/// CONV_2D of int8 whose kernel touches what it should not, or not what it should; all that it states
/// of itself is right.
public enum FaultyConvolution {
  /// What the kernel does wrong.
  public enum Fault: Sendable {
    /// Writes each row where the next one belongs.
    case shiftsRows
    /// Leaves the last channel of a tile unwritten.
    case leavesChannel
    /// Leaves the sums of the last channel unwritten, and finishes them.
    case forgetsSums
    /// Writes a row before it has read all that the operand's place holds.
    case goesRowByRow
    /// Adds all input channels, whatever part is asked for.
    case addsAllChannels
    /// Adds every product twice, in tiles and whole alike.
    case addsTwice
  }

  /// Makes one operator of a network wrong.
  public static func graph(_ graph: Graph, op: Int, _ fault: Fault) throws -> Graph {
    let alteration = OperatorAlteration(kernel: { operation, signature, profile in
      let kernel = operation.kernel(for: signature, profile: profile)
      if fault == .goesRowByRow { return RowByRowKernel(sound: kernel) }
      guard let summing = kernel as? any SummingKernel<FaultyKernel.Terms> else { return kernel }
      return FaultyKernel(sound: summing, fault: fault)
    })
    return try OperatorAlteration.graph(graph) { index, _ in index == op ? alteration : nil }
  }
}
