import Graph
import Tensor
import Testing
import TiledExec
import Verify

/// An edit of a sound plan of `residual_block`, and all findings that it must bring.
struct FaultCase: CustomTestStringConvertible, Sendable {
  typealias Edit = @Sendable (inout Plan) throws -> Void

  let testDescription: String
  let base: @Sendable (Graph) -> Plan
  let edit: Edit
  let findings: [Finding]

  static func recompute(
    _ name: String, _ findings: [Finding], _ edit: @escaping Edit
  ) -> FaultCase {
    FaultCase(
      testDescription: "tiles: \(name)", base: BlockPlans.recompute, edit: edit,
      findings: findings)
  }

  static func channels(
    _ name: String, _ findings: [Finding], _ edit: @escaping Edit
  ) -> FaultCase {
    FaultCase(
      testDescription: "slices: \(name)", base: BlockPlans.channels, edit: edit,
      findings: findings)
  }

  static func line(
    _ name: String, _ findings: [Finding], _ edit: @escaping Edit
  ) -> FaultCase {
    FaultCase(
      testDescription: "rows: \(name)", base: BlockPlans.line, edit: edit, findings: findings)
  }

  static let t0 = "serving_default_keras_tensor:0"
  static let t9 = "residual_block_1/conv0_1/Relu"
  static let t10 = "residual_block_1/conv1_1/BiasAdd"
  static let t11 = "residual_block_1/relu_1/Relu"
  static let t12 = "residual_block_1/depthwise_1/Relu6"
  static let t13 = "residual_block_1/pointwise_1/BiasAdd"
  static let t14 = "StatefulPartitionedCall_1:0"

  /// A box of rows of a tensor of 12 columns and 8 channels.
  static func rows(_ rows: Range<Int>) -> Region { Region([0..<1, rows, 0..<12, 0..<8]) }

  /// One operand of a step that is not there.
  static func missing(
    _ step: Int, _ tensor: String, _ count: Int, _ first: [Int], _ instead: Occupant = .nothing
  ) -> Finding {
    .notThere(
      step: step, operand: 0, tensor: tensor, count: count, first: first, instead: instead)
  }
}
