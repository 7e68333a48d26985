internal import Tensor

extension Plan {
  /// Reads a plan from JSON.
  ///
  /// - Throws: `JSONError` for a document that is no plan: unreadable, unknown keys, buffers that
  ///   are not there, a wrong size.
  public init(json: [UInt8]) throws(JSONError) {
    let document = try PlanDocument(json: json)
    var indices: [String: Int] = [:]
    for (index, buffer) in document.buffers.enumerated() where indices[buffer.name] == nil {
      indices[buffer.name] = index
    }
    func index(of name: String, _ path: @autoclosure () -> String) throws(JSONError) -> Int {
      guard let index = indices[name] else {
        throw JSONError(path: path(), complaint: "expected the name of a buffer, found \(name)")
      }
      return index
    }
    func destination(
      _ target: PlanDocument.Target, _ path: @autoclosure () -> String
    ) throws(JSONError) -> PlanStep.Destination {
      PlanStep.Destination(
        buffer: try index(of: target.buffer, "\(path()).buffer"), region: target.region)
    }
    var steps: [PlanStep] = []
    for (number, step) in document.steps.enumerated() {
      var inputs: [Int?] = []
      for (operand, name) in step.inputs.enumerated() {
        inputs.append(
          try name.map { name throws(JSONError) in
            try index(of: name, "steps[\(number)].inputs[\(operand)]")
          })
      }
      var outputs: [PlanStep.Destination] = []
      for (output, target) in step.outputs.enumerated() {
        outputs.append(try destination(target, "steps[\(number)].outputs[\(output)]"))
      }
      var sums: PlanStep.Destination?
      if let target = step.sums { sums = try destination(target, "steps[\(number)].sums") }
      steps.append(
        PlanStep(
          op: step.op, phase: step.phase, inputs: inputs, outputs: outputs,
          reduce: step.reduce, sums: sums))
    }
    self.init(
      modelHash: document.modelHash, profile: document.profile, alignment: document.alignment,
      buffers: document.buffers, steps: steps)
  }
}
