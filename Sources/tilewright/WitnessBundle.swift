import Files
import Graph
import Ops
import Tensor
import Verify

/// A folder with all that it takes to see a difference again.
struct WitnessBundle {
  private let folder: ArrayFolder
  private let options: ModelOptions
  private let graph: Graph

  init(_ path: String, _ options: ModelOptions, _ graph: Graph) {
    folder = ArrayFolder(path)
    self.options = options
    self.graph = graph
  }

  /// Writes model, plan, input and outputs, and returns the command that shows the difference again.
  func save(_ witness: Witness) throws -> String {
    try save(witness.input)
    try Array(witness.plan.json.utf8).write(to: "\(folder.path)/plan.json")
    return replay("--plan \(folder.path)/plan.json")
  }

  /// Writes both models, input and outputs, and returns the command that shows the difference again.
  func save(_ witness: InputWitness, against other: String) throws -> String {
    try save(witness)
    try copy(other, as: "other.tflite")
    return replay("--against \(folder.path)/other.tflite")
  }

  private func save(_ witness: InputWitness) throws {
    try folder.create()
    try copy(options.model, as: "model.tflite")
    for (index, bytes) in witness.sample.inputs.enumerated() {
      try folder.write(bytes, of: graph.tensors[graph.inputs[index]].type, as: "in\(index)")
    }
    for (name, outputs) in [("expected", witness.expected), ("actual", witness.actual)] {
      for (index, bytes) in outputs.enumerated() {
        try folder.write(bytes, of: graph.tensors[graph.outputs[index]].type, as: "\(name)\(index)")
      }
    }
  }

  private func copy(_ path: String, as name: String) throws {
    try MappedFile.bytes(of: path).elements(of: UInt8.self).write(to: "\(folder.path)/\(name)")
  }

  private func replay(_ option: String) -> String {
    "saved; replay with: tilewright verify \(folder.path)/model.tflite \(option) "
      + "--inputs \(folder.path) --samples 0 --profile \(options.profile.name)"
  }
}
