public import Graph
internal import Ops
internal import Tensor

/// What the sums of one operator may be, for all inputs.
public struct SumRange: Hashable, Sendable {
  /// The operator.
  public let op: Int
  /// Its name.
  public let operatorName: String
  /// The lowest and the highest sum, before the bias.
  public let sums: ClosedRange<Int64>
  /// What the type of the sums holds.
  public let holds: ClosedRange<Int64>

  /// Whether sums may leave their type, and wrap.
  public var mayWrap: Bool {
    sums.lowerBound < holds.lowerBound || sums.upperBound > holds.upperBound
  }

  /// The ranges of all operators of a network that sum integers, in order.
  ///
  /// Each element counts as any code of its type, whatever made it; weights are the network's.
  ///
  /// - Complexity: linear in the weights, but for windows that padding always cuts.
  public static func all(in graph: Graph) -> [SumRange] {
    graph.nodes.indices.compactMap { range(of: $0, in: graph) }
  }

  private static func range(of op: Int, in graph: Graph) -> SumRange? {
    let node = graph.nodes[op]
    let kernel = node.operation.kernel(for: node.signature, profile: .tflm)
    guard let kernel = kernel as? any SummingKernel, let operand = node.summedInput else {
      return nil
    }
    let type = node.signature.outputs[0]
    let call = KernelCall(
      op: op,
      inputs: node.unbufferedOperands, region: widest(node), reduce: graph.whole(operand))
    let bounds = withExtendedLifetime(node.signature) { kernel.sumBounds(of: call, type: type) }
    guard let bounds else { return nil }
    let holds: ClosedRange<Int64> =
      kernel.sumElement == .int64
      ? Int64.min...Int64.max : Int64(Int32.min)...Int64(Int32.max)
    return SumRange(
      op: op, operatorName: node.operatorName, sums: bounds.low...bounds.high, holds: holds)
  }
}

extension SumRange {
  /// Results among whose sums are the widest ones.
  ///
  /// A term may be 0, so that more taps are never less. Where no constant follows an axis, one
  /// coordinate stands for all that have every tap of their window inside the operand.
  private static func widest(_ node: GraphNode) -> Region {
    let access = node.accesses[0]
    let whole = Region(whole: node.signature.outputs[0].shape)
    return Region(
      whole.ranges.enumerated().map { axis, range in
        let followsConstant = node.signature.inputs.indices.contains { operand in
          node.signature.constant(operand) != nil
            && access.operands[operand].contains { $0.outputAxis == axis }
        }
        let middle = (range.lowerBound + range.upperBound) / 2
        let summed = access.summedOperand
        let seesAll = zip(access.operands[summed], access.extents[summed]).allSatisfy {
          entry, extent in
          guard entry.outputAxis == axis else { return true }
          if case .transposed = entry { return false }
          guard case .window(_, let size, _, _, _) = entry else { return true }
          let read = entry.coordinates(for: middle..<middle + 1, extent: extent)
          return read.reduce(0) { $0 + $1.count } == size
        }
        return followsConstant || range.isEmpty || !seesAll ? range : middle..<middle + 1
      })
  }
}

extension SumRange: CustomStringConvertible {
  /// The operator, and what its sums may be.
  public var description: String {
    "operator \(op) (\(operatorName)): sums from \(sums.lowerBound) to \(sums.upperBound), "
      + (mayWrap ? "which may wrap: their type holds" : "within")
      + " \(holds.lowerBound) to \(holds.upperBound)"
  }
}
