public import Graph
internal import Ops
internal import Tensor

/// What `run` shows: what it ran, and the tensors that it wrote.
public struct RunDocument: Document {
  /// A tensor that was written to a file.
  public struct Tensor: Encodable {
    let index: Int
    let name: String
    let element: String
    let shape: [Int]
    let sha256: String
    let path: String
    private let type: String

    private enum CodingKeys: CodingKey {
      case index, name, element, shape, sha256, path
    }

    /// Describes tensor `index` of `graph`; `sha256` is the hash of its bytes, without the file's header.
    public init(_ index: Int, of graph: Graph, sha256: String, path: String) {
      let tensor = graph.tensors[index]
      self.index = index
      name = tensor.name
      element = tensor.type.element.description
      shape = tensor.type.shape.extents
      type = "\(tensor.type.element)\(tensor.type.shape)"
      self.sha256 = sha256
      self.path = path
    }

    /// A row of a table.
    var row: [String] { ["\(index)", type, String(sha256.prefix(16)), path] }
  }

  let model: String
  let profile: String
  let plan: String?
  let peakInBytes: Int?
  let macs: Int
  let outputs: [Tensor]
  let state: [Tensor]
  let dumped: [Tensor]

  /// Gathers what is shown.
  ///
  /// `plan` says in a few words what was run, and `peakInBytes` what arena it takes; both are `nil` for the network
  /// itself, each operator whole and each tensor in memory of its own. `outputs` are the network's; `state` is what its variables hold
  /// afterwards, and `dumped` are tensors that operators made, where they were asked for.
  public init(
    model: String, profile: String, plan: String?, peakInBytes: Int?, macs: Int,
    outputs: [Tensor], state: [Tensor], dumped: [Tensor]
  ) {
    self.model = model
    self.profile = profile
    self.plan = plan
    self.peakInBytes = peakInBytes
    self.macs = macs
    self.outputs = outputs
    self.state = state
    self.dumped = dumped
  }

  private enum CodingKeys: CodingKey {
    case model, profile, plan, peakInBytes, macs, outputs, state, dumped
  }

  /// Writes every key, `null` for what there is not.
  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(model, forKey: .model)
    try members.encode(profile, forKey: .profile)
    try members.encode(plan, forKey: .plan)
    try members.encode(peakInBytes, forKey: .peakInBytes)
    try members.encode(macs, forKey: .macs)
    try members.encode(outputs, forKey: .outputs)
    try members.encode(state, forKey: .state)
    try members.encode(dumped, forKey: .dumped)
  }

  /// What was run, and a row per tensor.
  public var text: String {
    var table = TextTable(["tensor", "type", "sha256", "wrote"], rightAligned: [0])
    for tensor in dumped + outputs + state { table.add(tensor.row) }
    let arena = peakInBytes.map { ": \($0.grouped) bytes" } ?? ""
    return """
      model    \(model), profile \(profile)
      plan     \(plan ?? "none: whole operators, tensors apart")\(arena), \(macs.grouped) MACs

      \(table.text)
      """
  }
}
