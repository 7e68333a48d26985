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

  /// Makes the folder, which must be empty or not there yet.
  init(_ path: String, _ options: ModelOptions, _ graph: Graph) throws {
    var folder = ArrayFolder(path)
    try folder.createEmpty()
    self.folder = folder
    self.options = options
    self.graph = graph
  }

  /// Takes the folder away again if nothing was saved.
  func removeIfUnused() { folder.removeIfUnused() }

  /// Why nothing is saved.
  static let nothing = "no input that was tried shows a difference; nothing is saved"

  /// Writes model, plan, input and outputs, and returns the command that shows the difference again.
  func save(_ witness: Witness) throws -> String {
    try save(witness.input)
    try Array(witness.plan.json.utf8).write(to: "\(folder.path)/plan.json")
    return replay("--plan", "plan.json")
  }

  /// Writes both models, input and outputs, and returns the command that shows the difference again.
  func save(_ witness: InputWitness, against other: String) throws -> String {
    try save(witness)
    try copy(other, as: "other.tflite")
    return replay("--against", "other.tflite")
  }

  private func save(_ witness: InputWitness) throws {
    try copy(options.model, as: "model.tflite")
    try folder.writeInputs(witness.sample.inputs, of: graph)
    try folder.writeOutputs(witness.expected, as: "expected", of: graph)
    try folder.writeOutputs(witness.actual, as: "actual", of: graph)
  }

  private func copy(_ path: String, as name: String) throws {
    try MappedFile.bytes(of: path).elements(of: UInt8.self).write(to: "\(folder.path)/\(name)")
  }

  private func replay(_ option: String, _ file: String) -> String {
    let words = [
      "\(folder.path)/model.tflite", option, "\(folder.path)/\(file)", "--inputs", folder.path,
    ]
    return
      "saved; replay with: tilewright verify \(words.map(ShellWord.quoted).joined(separator: " ")) "
      + "--samples 0 --profile \(options.profile.name)"
  }
}
