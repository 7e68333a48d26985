public import Graph
internal import Ops
public import TFLite
internal import Tensor

/// What `inspect` shows: tensors, operators, metadata, and what is refused.
public struct InspectDocument: Document {
  struct TensorRow: Encodable {
    let index: Int
    let name: String
    let element: String
    let shape: [Int]
    let constantBytes: Int?
    let scales: Int
    let scale: Float?
    let zeroPoint: Int32?
  }

  struct OperatorRow: Encodable {
    let index: Int
    let name: String
    let version: Int
    let inputs: [Int]
    let outputs: [Int]
  }

  /// What a variable holds before and after a run, as a plan numbers it.
  struct VariableRow: Encodable {
    let before: Int
    let after: Int
    let bytes: Int
  }

  struct MetadataRow: Encodable {
    let name: String
    let bytes: Int
  }

  struct RefusalRow: Encodable {
    let node: Int?
    let tensor: Int?
    let name: String
    let isSupported: Bool
    let reason: String
  }

  let model: String
  let hash: String
  let description: String
  let subgraphs: Int
  let inputs: [Int]
  let outputs: [Int]
  let operators: [OperatorRow]
  let tensors: [TensorRow]
  let metadata: [MetadataRow]
  let macs: Int?
  let state: [VariableRow]
  let unsupported: [RefusalRow]
  let supportedOperators: [String]?
  private let refusals: [String]

  private enum CodingKeys: CodingKey {
    case model, hash, description, subgraphs, inputs, outputs, operators, tensors, metadata, macs,
      state
    case unsupported, supportedOperators
  }

  /// Gathers what is shown.
  ///
  /// `graph` is `nil` for a model that cannot be run, and `refusals` say why.
  public init(name: String, _ imported: ImportedModel, graph: Graph?, refusals: [ModelRefusal]) {
    model = name
    hash = imported.hash
    description = imported.model.description
    subgraphs = imported.model.subgraphs.count
    let subgraph = imported.model.subgraphs[0]
    inputs = subgraph.inputs
    outputs = subgraph.outputs
    operators = subgraph.operators.enumerated().map { index, record in
      let code = imported.model.operatorCodes[record.opcodeIndex]
      return OperatorRow(
        index: index, name: code.name, version: code.version, inputs: record.inputs,
        outputs: record.outputs)
    }
    tensors = subgraph.tensors.enumerated().map { index, record in
      TensorRow(
        index: index, name: record.name, element: record.elementName, shape: record.shape,
        constantBytes: record.constant?.count, scales: record.quantization?.scales.count ?? 0,
        scale: record.quantization?.scales.first, zeroPoint: record.quantization?.zeroPoints.first)
    }
    metadata = imported.model.metadata.map { MetadataRow(name: $0.name, bytes: $0.bytes.count) }
    macs = graph?.macs
    state = (graph?.variables ?? []).map { variable in
      VariableRow(
        before: variable.before, after: variable.after,
        bytes: graph?.tensors[variable.before].type.sizeInBytes ?? 0)
    }
    unsupported = refusals.map {
      RefusalRow(
        node: $0.node, tensor: $0.tensor, name: $0.name, isSupported: !$0.isUnsupported,
        reason: $0.reason)
    }
    self.refusals = refusals.map(\.description)
    supportedOperators =
      refusals.contains(where: \.isMissingOperator)
      ? Catalog.operators.flatMap { $0.builtins.map(\.name) } : nil
  }

  /// The operators with their activations, then the rest of the file.
  public var text: String {
    var table = TextTable(["op", "operator", "reads", "makes"], rightAligned: [0])
    for row in operators {
      table.add([
        "\(row.index)", row.name, row.inputs.map(describe).joined(separator: " "),
        row.outputs.map(describe).joined(separator: " "),
      ])
    }
    let constants = tensors.compactMap(\.constantBytes)
    var lines = [
      "model      \(model)\(description.isEmpty ? "" : " (\(description))")",
      "sha256     \(hash)",
      "inputs     \(inputs.map(detail).joined(separator: ", "))",
      "outputs    \(outputs.map(detail).joined(separator: ", "))",
      "tensors    \(tensors.count), of them \(constants.count) constants of "
        + "\(constants.reduce(0, +).grouped) bytes",
      "subgraphs  \(subgraphs)",
    ]
    if !metadata.isEmpty {
      let rows = metadata.map { "\($0.name) (\($0.bytes.grouped) bytes)" }
      lines.append("metadata   \(rows.joined(separator: ", "))")
    }
    if !state.isEmpty {
      let rows = state.map { "t\($0.before) becomes t\($0.after)" }
      let bytes = state.reduce(0) { $0 + $1.bytes }
      lines.append("state      \(bytes.grouped) bytes: \(rows.joined(separator: ", "))")
    }
    if let macs { lines.append("MACs       \(macs.grouped)") }
    lines += ["", table.text, ""]
    lines.append(refusals.isEmpty ? "Everything in it is supported." : "Not supported:")
    lines += refusals.map { "  " + $0 }
    if let supportedOperators {
      lines.append("Supported operators: \(supportedOperators.joined(separator: ", "))")
    }
    return lines.joined(separator: "\n")
  }

  private func describe(_ index: Int) -> String {
    guard index >= 0 else { return "-" }
    let tensor = tensors[index]
    let shape = "\(tensor.element)[\(tensor.shape.map(String.init).joined(separator: ","))]"
    return tensor.constantBytes == nil ? "t\(index):\(shape)" : "const:\(shape)"
  }

  private func detail(_ index: Int) -> String {
    let tensor = tensors[index]
    let quantization =
      if let scale = tensor.scale, let zeroPoint = tensor.zeroPoint {
        ", scale \(scale), zero point \(zeroPoint)"
      } else {
        ""
      }
    return "\(describe(index)) \(tensor.name)\(quantization)"
  }
}
