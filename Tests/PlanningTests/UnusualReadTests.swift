import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing

/// Groups through operators that read in unusual ways are refused, not lowered wrongly.
@Suite struct UnusualReadTests {
  private static func type(_ extents: Int...) -> TensorType {
    TensorType(
      .int8, Shape(checking: extents) ?? Shape(1), Quantization(scale: 1, zeroPoint: 0))
  }

  private static func integers(_ numbers: [Int32]) -> GraphTensor {
    GraphTensor(
      name: "numbers", type: TensorType(.int32, Shape(numbers.count)),
      constant: Bytes(copying: numbers))
  }

  private static func margins(_ numbers: [Int32]) -> GraphTensor {
    GraphTensor(
      name: "margins", type: TensorType(.int32, Shape(numbers.count / 2, 2)),
      constant: Bytes(copying: numbers))
  }

  private static func activation(_ type: TensorType) -> GraphTensor {
    GraphTensor(name: "map", type: type, constant: nil)
  }

  private func plan(_ graph: Graph, _ group: FusedGroup) -> TilingError? {
    do throws(TilingError) {
      _ = try TilingLowering.plan(
        Tiling(modelHash: "built", groups: [group]), for: graph, profile: .tflm)
    } catch {
      return error
    }
    return nil
  }

  /// RELU, then all rows from the last to the first: the first row that is read is the last one made.
  @Test func rowsReadBackwards() throws {
    let map = Self.type(1, 4, 3, 2)
    let relu = try Relu(Relu.builtins[0], options: OptionValues())
    let slice = try StridedSlice(
      StridedSlice.builtins[0],
      options: OptionValues([0: .int32(0b1111), 1: .int32(0b1111), 4: .int32(0)]))
    let graph = try Graph(
      tensors: [
        Self.activation(map), Self.activation(map), Self.activation(map),
        Self.integers([0, 0, 0, 0]), Self.integers([1, -1, 1, 1]),
      ],
      nodes: [
        (operation: relu, inputs: [0], outputs: [1]),
        (operation: slice, inputs: [1, 3, 3, 4], outputs: [2]),
      ], inputs: [0], outputs: [2], modelHash: "built")
    #expect(
      plan(graph, FusedGroup(ops: [0, 1], mode: .line))
        == .cannotCut(group: 0, op: 1, operatorName: "STRIDED_SLICE", axis: "height"))
    let cuts = FusedGroup.Cuts(height: [0, 1, 4])
    #expect(plan(graph, FusedGroup(ops: [0, 1], mode: .recompute, cuts: cuts)) == nil)
  }

  /// RELU, then a mirrored row before and behind: the second row is read before the first one, and again.
  @Test func rowsMirrored() throws {
    let map = Self.type(1, 4, 3, 2)
    let relu = try Relu(Relu.builtins[0], options: OptionValues())
    let pad = try MirrorPad(MirrorPad.builtins[0], options: OptionValues())
    let graph = try Graph(
      tensors: [
        Self.activation(map), Self.activation(map), Self.activation(Self.type(1, 6, 3, 2)),
        Self.margins([0, 0, 1, 1, 0, 0, 0, 0]),
      ],
      nodes: [
        (operation: relu, inputs: [0], outputs: [1]),
        (operation: pad, inputs: [1, 3], outputs: [2]),
      ], inputs: [0], outputs: [2], modelHash: "built")
    #expect(
      plan(graph, FusedGroup(ops: [0, 1], mode: .line))
        == .cannotCut(group: 0, op: 1, operatorName: "MIRROR_PAD", axis: "height"))
    let cuts = FusedGroup.Cuts(height: [0, 1, 6])
    #expect(plan(graph, FusedGroup(ops: [0, 1], mode: .recompute, cuts: cuts)) == nil)
  }

  /// A square map plus its transpose: one operand is sliced by rows, the other by columns.
  @Test func operandsSlicedAlongDifferentAxes() throws {
    let map = Self.type(4, 4)
    let relu = try Relu(Relu.builtins[0], options: OptionValues())
    let transpose = try Transpose(Transpose.builtins[0], options: OptionValues())
    let add = try Add(Add.builtins[0], options: OptionValues())
    let graph = try Graph(
      tensors: [
        Self.activation(map), Self.activation(map), Self.activation(map), Self.activation(map),
        Self.integers([1, 0]),
      ],
      nodes: [
        (operation: relu, inputs: [0], outputs: [1]),
        (operation: transpose, inputs: [1, 4], outputs: [2]),
        (operation: add, inputs: [1, 2], outputs: [3]),
      ], inputs: [0], outputs: [3], modelHash: "built")
    let group = FusedGroup(
      ops: [0, 1, 2], mode: .channels, cuts: FusedGroup.Cuts(channels: [0, 2, 4]))
    #expect(plan(graph, group) == .mixesChannels(group: 0, op: 2, operatorName: "ADD"))
  }

  /// Columns are those of feature maps: a stream of tokens has none.
  @Test func columnsOfTokens() throws {
    let graph = try GraphFixture.graph("text_classifier")
    let group = FusedGroup(
      ops: [0, 1, 2], mode: .line, cuts: FusedGroup.Cuts(width: [0, 8, 16]))
    let tiling = Tiling(modelHash: graph.modelHash, groups: [group])
    #expect(
      throws: TilingError.cannotCut(group: 0, op: 2, operatorName: "MEAN", axis: "width")
    ) { try TilingLowering.plan(tiling, for: graph, profile: .tflm) }
  }

  /// A group without cuts whose first result is one number.
  @Test func channelsOfAScalar() throws {
    let relu = try Relu(Relu.builtins[0], options: OptionValues())
    let scalar = Self.type()
    let graph = try Graph(
      tensors: [Self.activation(scalar), Self.activation(scalar)],
      nodes: [(operation: relu, inputs: [0], outputs: [1])], inputs: [0], outputs: [1],
      modelHash: "built")
    #expect(
      plan(graph, FusedGroup(ops: [0], mode: .channels))
        == .mixesChannels(group: 0, op: 0, operatorName: "RELU"))
  }
}
