internal import Graph
internal import Ops
internal import Tensor

/// Bugs of kernels that only tiles run into.
extension PlantedBug {
  /// What kernels do wrong; nothing for other bugs.
  var misrunning: OperatorAlteration {
    OperatorAlteration(kernel: { operation, signature, profile in
      let kernel = operation.kernel(for: signature, profile: profile)
      guard let summing = kernel as? any SummingKernel else { return kernel }
      return switch self {
      case .sumsSaturate: saturating(summing)
      case .multipliersFromFirst: startingOver(summing, operation, signature, profile)
      default: kernel
      }
    })
  }

  /// Whether a step runs into the bug.
  func isReached(by step: PlanStep, of graph: Graph) -> Bool {
    switch self {
    case .sumsSaturate: step.phase == .add && graph.nodes[step.op].sumElement == .int32
    case .multipliersFromFirst:
      graph.nodes[step.op].signature.weightsPerChannel != nil
        && step.outputs.contains { $0.region.ranges.last.map { $0.lowerBound > 0 } ?? false }
    default: false
    }
  }

  private func saturating<Sound: SummingKernel>(_ sound: Sound) -> any Kernel {
    SaturatingKernel<Sound.Terms>(sound: sound)
  }

  private func startingOver<Sound: SummingKernel>(
    _ sound: Sound, _ operation: any Operator, _ signature: Signature, _ profile: Profile
  ) -> any Kernel {
    SlicedMultipliersKernel<Sound.Terms>(sound: sound) { channel in
      let shifted = signature.withScales(from: channel)
      return operation.kernel(for: shifted, profile: profile) as? any SummingKernel<Sound.Terms>
    }
  }
}

extension Signature {
  /// The operand of weights that have a scale per channel.
  fileprivate var weightsPerChannel: Int? {
    inputs.indices.first { index in
      inputs[index].map { $0.constant != nil && $0.type.quantization?.isPerTensor == false }
        ?? false
    }
  }

  /// The signature with the scales of weights moved on, so that `channel` has that of channel 0.
  fileprivate func withScales(from channel: Int) -> Signature {
    guard let index = weightsPerChannel, let old = inputs[index]?.type.quantization else {
      return self
    }
    var signature = self
    let scales = old.scales.prefix(channel) + old.scales.dropLast(channel)
    signature.inputs[index]?.type.quantization = Quantization(
      scales: Array(scales), zeroPoints: old.zeroPoints, axis: old.axis)
    return signature
  }
}
