internal import Tensor

extension Plan {
  /// The plan as JSON, one line per buffer and per step, the same bytes every time.
  ///
  /// - Complexity: linear in the plan.
  public var json: String { PlanText(self).text }
}

/// A plan as it is written to JSON.
private struct PlanText {
  private(set) var text: String
  /// The name of each buffer, in quotes.
  private let names: [String]

  init(_ plan: Plan) {
    names = plan.buffers.map { JSONText.quote($0.name) }
    text = """
      { "format": "\(PlanDocument.format)", "model_sha256": \(JSONText.quote(plan.modelHash)),
        "profile": \(JSONText.quote(plan.profile)), "alignment": \(plan.alignment),
        "buffers": [
          
      """
    separate(plan.buffers.enumerated(), by: ",\n    ") {
      $0.add($1.element, name: $0.names[$1.offset])
    }
    text += "\n  ],\n  \"steps\": [\n    "
    separate(plan.steps, by: ",\n    ") { $0.add($1) }
    text += "\n  ] }\n"
  }

  private mutating func separate<Items: Sequence>(
    _ items: Items, by separator: String, _ add: (inout PlanText, Items.Element) -> Void
  ) {
    var isFirst = true
    for item in items {
      if !isFirst { text += separator }
      isFirst = false
      add(&self, item)
    }
  }

  private mutating func add(_ buffer: PlanBuffer, name: String) {
    text += "{\"name\": \(name), \"tensor\": \(buffer.tensor), \"element\": \"\(buffer.element)\", "
    text += "\"region\": "
    add(buffer.region)
    if !buffer.rings.isEmpty {
      text += ", \"ring\": {"
      separate(buffer.rings.sorted { $0.key < $1.key }, by: ", ") {
        $0.text += "\"\($1.key)\": \($1.value)"
      }
      text += "}"
    }
    text += ", \"memory\": \"\(buffer.memory.rawValue)\", \"offset\": \(buffer.offset), "
    text += "\"size\": \(buffer.sizeInBytes)}"
  }

  private mutating func add(_ step: PlanStep) {
    text += "{\"op\": \(step.op), \"phase\": \"\(step.phase.rawValue)\", \"inputs\": ["
    let inputs = step.inputs.map { $0.map { names[$0] } ?? "null" }
    separate(inputs, by: ", ") { $0.text += $1 }
    text += "]"
    if !step.outputs.isEmpty {
      text += ", \"outputs\": ["
      separate(step.outputs, by: ", ") { $0.add($1) }
      text += "]"
    }
    if let reduce = step.reduce {
      text += ", \"reduce\": "
      add(reduce)
    }
    if let sums = step.sums {
      text += ", \"sums\": "
      add(sums)
    }
    text += "}"
  }

  private mutating func add(_ destination: PlanStep.Destination) {
    text += "{\"buffer\": \(names[destination.buffer]), \"region\": "
    add(destination.region)
    text += "}"
  }

  private mutating func add(_ region: Region) {
    text += "["
    separate(region.ranges, by: ",") { $0.text += "[\($1.lowerBound),\($1.upperBound)]" }
    text += "]"
  }
}
