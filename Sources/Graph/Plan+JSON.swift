internal import FoundationEssentials
internal import Tensor

extension Plan {
  /// Reads a plan from JSON.
  ///
  /// - Throws: `JSONError` for a document that is no plan: unreadable, unknown keys, buffers that
  ///   are not there, a wrong size.
  public init(json: [UInt8]) throws(JSONError) {
    let document: PlanDocument
    do {
      document = try JSONDecoder().decode(PlanDocument.self, from: Data(json))
    } catch let error as DecodingError {
      throw JSONError(error)
    } catch {
      throw JSONError(path: "", complaint: "\(error)")
    }
    var indices: [String: Int] = [:]
    for (index, buffer) in document.buffers.enumerated() where indices[buffer.buffer.name] == nil {
      indices[buffer.buffer.name] = index
    }
    func index(of name: String, _ path: String) throws(JSONError) -> Int {
      guard let index = indices[name] else {
        throw JSONError(path: path, complaint: "expected the name of a buffer, found \(name)")
      }
      return index
    }
    func destination(
      _ target: PlanDocument.Target, _ path: String
    ) throws(JSONError) -> PlanStep.Destination {
      PlanStep.Destination(
        buffer: try index(of: target.buffer, "\(path).buffer"), region: target.region.region)
    }
    var steps: [PlanStep] = []
    for (number, step) in document.steps.enumerated() {
      let path = "steps[\(number)]"
      var inputs: [Int?] = []
      for (operand, name) in step.inputs.enumerated() {
        inputs.append(
          try name.map { name throws(JSONError) in
            try index(of: name, "\(path).inputs[\(operand)]")
          })
      }
      var outputs: [PlanStep.Destination] = []
      for (output, target) in step.outputs.enumerated() {
        outputs.append(try destination(target, "\(path).outputs[\(output)]"))
      }
      var sums: PlanStep.Destination?
      if let target = step.sums { sums = try destination(target, "\(path).sums") }
      steps.append(
        PlanStep(
          op: step.op, phase: step.phase, inputs: inputs, outputs: outputs,
          reduce: step.reduce?.region, sums: sums))
    }
    self.init(
      modelHash: document.modelHash, profile: document.profile, alignment: document.alignment,
      buffers: document.buffers.map(\.buffer), steps: steps)
  }

  /// The plan as JSON, one line per buffer and per step, the same bytes every time.
  public var json: String {
    func box(_ region: Region) -> String {
      "[\(region.ranges.map { "[\($0.lowerBound),\($0.upperBound)]" }.joined(separator: ","))]"
    }
    func target(_ destination: PlanStep.Destination) -> String {
      let name = JSONText.quote(buffers[destination.buffer].name)
      return "{\"buffer\": \(name), \"region\": \(box(destination.region))}"
    }
    let bufferLines = buffers.map { buffer in
      let rings = buffer.rings.sorted { $0.key < $1.key }
        .map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
      return "{\"name\": \(JSONText.quote(buffer.name)), \"tensor\": \(buffer.tensor), "
        + "\"element\": \"\(buffer.element)\", \"region\": \(box(buffer.region)), "
        + (rings.isEmpty ? "" : "\"ring\": {\(rings)}, ")
        + "\"memory\": \"\(buffer.memory.rawValue)\", \"offset\": \(buffer.offset), "
        + "\"size\": \(buffer.sizeInBytes)}"
    }
    let stepLines = steps.map { step in
      let inputs = step.inputs.map { $0.map { JSONText.quote(buffers[$0].name) } ?? "null" }
      var line =
        "{\"op\": \(step.op), \"phase\": \"\(step.phase.rawValue)\", "
        + "\"inputs\": [\(inputs.joined(separator: ", "))]"
      if !step.outputs.isEmpty {
        line += ", \"outputs\": [\(step.outputs.map(target).joined(separator: ", "))]"
      }
      if let reduce = step.reduce { line += ", \"reduce\": \(box(reduce))" }
      if let sums = step.sums { line += ", \"sums\": \(target(sums))" }
      return line + "}"
    }
    return """
      { "format": "\(PlanDocument.format)", "model_sha256": \(JSONText.quote(modelHash)),
        "profile": \(JSONText.quote(profile)), "alignment": \(alignment),
        "buffers": [
          \(bufferLines.joined(separator: ",\n    "))
        ],
        "steps": [
          \(stepLines.joined(separator: ",\n    "))
        ] }

      """
  }
}
