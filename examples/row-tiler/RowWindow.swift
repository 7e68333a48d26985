import Graph
import Ops
import Tensor

/// How the window of an operator moves down the rows of its operand.
///
/// All of it comes from the model, as it would in any compiler: the options table of the operator, by the
/// slots of TensorFlow Lite's schema, and the shapes of its tensors.
struct RowWindow {
  /// Taps in a column of the window.
  let size: Int
  /// Rows from a window to the next one.
  let stride: Int
  /// Rows from a tap to the next one.
  let dilation: Int
  /// Rows of padding above the operand.
  let padding: Int
  /// Rows of the operand.
  let rowCount: Int

  /// The window of a convolution or a pool; `nil` for any other operator.
  init?(of node: GraphNode, in graph: Graph, forgettingDilation: Bool) throws {
    guard let operand = node.inputs.first ?? nil, let result = node.outputs.first else {
      return nil
    }
    let options = node.operation.options
    let input = graph.tensors[operand].type
    func field(_ slot: Int) throws -> Int { Int(try options.int32(slot, default: 1)) }
    let filterRows: Int
    let statedDilation: Int
    switch node.operatorName {
    case "CONV_2D", "DEPTHWISE_CONV_2D":
      guard let filter = node.inputs[1].map({ graph.tensors[$0].type }) else { return nil }
      // Filters of codes beside floats: what is read is quantized first, by a scale that depends on all rows.
      guard input.element != .float32 || filter.element == .float32 else { return nil }
      filterRows = filter.shape[1]
      statedDilation = try field(node.operatorName == "CONV_2D" ? 5 : 6)
    case "AVERAGE_POOL_2D", "MAX_POOL_2D":
      filterRows = try field(4)
      statedDilation = 1
    default: return nil
    }
    let isSame = try options.int8(0, default: 0) == 0
    size = filterRows
    stride = try field(2)
    dilation = forgettingDilation ? 1 : statedDilation
    rowCount = input.shape[1]
    let reach = (graph.tensors[result].type.shape[1] - 1) * stride + (size - 1) * dilation + 1
    padding = isSame ? max(reach - rowCount, 0) / 2 : 0
  }

  /// The rows of the operand from the first to the last that a tile of result rows reads; padding is none.
  func rows(for tile: Range<Int>) -> Range<Int> {
    let first = tile.lowerBound * stride - padding
    let last = (tile.upperBound - 1) * stride - padding + (size - 1) * dilation
    let low = max(first, 0)
    return low..<max(low, min(last + 1, rowCount))
  }
}
