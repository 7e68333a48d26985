import Graph
import Tensor
import TestSupport
import Testing

/// One edit of the identity plan of `residual_block`, and all faults that it must have.
///
/// The plan holds t0, t9 ... t14 in buffers 0 ... 6, and runs operator K in step K.
struct PlanFaultCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let faults: [PlanFault]
  let edit: @Sendable (inout Plan) -> Void

  init(_ name: String, _ faults: [PlanFault], _ edit: @escaping @Sendable (inout Plan) -> Void) {
    testDescription = name
    self.faults = faults
    self.edit = edit
  }

  /// The hash of the model file.
  static let hash = "ee9c83a2e26f4d873cf5a378cfb8da5357ece049153a208f6f84838e8c51602d"
  /// All of tensors 0 and 9 to 11.
  static let map = Region([0..<1, 0..<16, 0..<12, 0..<8])
  /// All of tensor 14.
  static let output = Region([0..<1, 0..<4, 0..<3, 0..<16])

  /// Adds a buffer that no step uses.
  static func spare(
    _ name: String, _ faults: [PlanFault], _ edit: @escaping @Sendable (inout PlanBuffer) -> Void
  ) -> PlanFaultCase {
    PlanFaultCase(name, faults) { plan in
      var spare = PlanBuffer(name: "spare", tensor: 9, element: .int8, region: map)
      edit(&spare)
      plan.buffers.append(spare)
    }
  }

  /// Adds sums of tensor 14 and makes step 5 start them, add to them or finish them.
  static func summing(
    _ name: String, _ phase: PlanStep.Phase, _ faults: [PlanFault],
    _ edit: @escaping @Sendable (inout PlanStep) -> Void
  ) -> PlanFaultCase {
    PlanFaultCase(name, faults) { plan in
      let sums = plan.add(
        PlanBuffer(name: "sums", tensor: 14, element: .int32, region: output, offset: 8192))
      plan.steps[5].phase = phase
      plan.steps[5].sums = .init(buffer: sums, region: output)
      if phase == .finish { plan.steps[5].inputs = [nil] } else { plan.steps[5].outputs = [] }
      edit(&plan.steps[5])
    }
  }
}
