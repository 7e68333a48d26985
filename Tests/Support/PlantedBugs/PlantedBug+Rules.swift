internal import Graph
internal import Ops
internal import Tensor

/// Bugs of tilers that misread what operators read.
extension PlantedBug {
  /// How an operator is misread; `nil` where it is read right.
  func misreading(_ node: GraphNode) -> OperatorAlteration? {
    let only: String? =
      switch self {
      case .multiplierIgnored: "DEPTHWISE_CONV_2D"
      case .offsetIgnored: "CONCATENATION"
      default: nil
      }
    if let only, node.operatorName != only { return nil }
    return OperatorAlteration(access: { access, signature, output in
      misread(access, signature, output)
    })
  }

  private func misread(_ access: Access, _ signature: Signature, _ output: Int) -> Access {
    let result = signature.outputs[output].shape
    return Access(
      zip(access.operands, access.extents).map { axes, extents in
        zip(axes, extents).map { misread($0, extent: $1, result) }
      }, signature: signature, output: output, summing: access.summedOperand, slots: access.slots)
  }

  private func misread(_ axis: AxisAccess, extent: Int, _ result: Shape) -> AxisAccess {
    switch (self, axis) {
    case (.haloShort, .window(let axis, let size, let stride, let dilation, let offset))
    where size > 1:
      return .window(
        axis: axis, size: size - 1, stride: stride, dilation: dilation, offset: offset)
    case (.paddingSide, .window(let axis, let size, 2, let dilation, let offset)):
      let needed = (result[axis] - 1) * 2 + (size - 1) * dilation + 1 - extent
      guard needed > 0, needed % 2 == 1 else { break }
      return .window(axis: axis, size: size, stride: 2, dilation: dilation, offset: offset - 1)
    case (.dilationIgnored, .window(let axis, let size, let stride, 2..., let offset)):
      return .window(axis: axis, size: size, stride: stride, offset: offset)
    case (.multiplierIgnored, .scaled(let axis, 2..., 1)):
      return .scaled(axis: axis, factor: 1)
    case (.offsetIgnored, .window(let axis, 1, 1, 1, ..<0)):
      return .window(axis: axis)
    default: break
    }
    return axis
  }
}
