internal import Graph
internal import Ops
internal import Tensor

/// The resource variables of a subgraph: what its VAR_HANDLEs name, and what CALL_ONCE lets them hold first.
///
/// In a graph neither is an operator: a variable has versions as any other, and the tensor of its first handle
/// stands for the first one.
struct ResourceVariables {
  /// Runs a subgraph in the first run alone.
  static let callOnce = Builtin("CALL_ONCE", 129, options: 103)
  /// Makes a handle of a variable.
  static let varHandle = Builtin("VAR_HANDLE", 142, options: 111)
  /// Lets a variable hold a value.
  static let assignVariable = Builtin("ASSIGN_VARIABLE", 144, options: 113)

  /// What VAR_HANDLE names a variable by.
  struct Name: Hashable {
    let container: String
    let shared: String
  }

  /// The longest name in bytes: each handle keeps a copy.
  private static let largestName = 1 << 10

  private let model: Model
  private let subgraph: Subgraph
  /// The variable that each tensor is a handle of.
  private var names: [Int: Name] = [:]
  /// The first handle of each variable.
  private var firstHandles: [Name: Int] = [:]
  /// What each variable holds.
  private var types: [Name: TensorType] = [:]
  /// The subgraphs that were run.
  private var initializers: Set<Int> = []
  /// What variables hold first.
  private var values: [Name: TensorRecord] = [:]

  init(_ model: Model, _ subgraph: Subgraph) {
    self.model = model
    self.subgraph = subgraph
    types = typesHeld()
  }

  /// Whether an operator declares what a graph has no operator for.
  func declares(_ record: OperatorRecord) -> Bool {
    [Self.callOnce.code, Self.varHandle.code].contains(
      model.operatorCodes[record.opcodeIndex].builtinCode)
  }

  /// The first handle of the variable that a tensor is a handle of; `nil` for any other tensor.
  func handle(_ tensor: Int) -> Int? { names[tensor].flatMap { firstHandles[$0] } }

  /// Takes in an operator that declares something.
  mutating func declare(
    _ record: OperatorRecord, at index: Int, _ versions: inout VariableVersions
  ) throws(ModelRefusal) {
    let code = model.operatorCodes[record.opcodeIndex]
    if code.builtinCode == Self.callOnce.code {
      return try initialize(record, at: index, name: code.name, &versions)
    }
    guard let (tensor, name) = try handle(record, at: index), names[tensor] == nil else {
      throw .rejected(
        node: index, name: code.name,
        OperatorError(
          .invalid, .operands, expected: "no operand, and as a result a handle",
          found: "\(record.inputs.count) operands, \(record.outputs.count) results"))
    }
    names[tensor] = name
    if firstHandles[name] != nil { return }
    firstHandles[name] = tensor
    if let type = types[name] { versions.setVariable(tensor, type) }
    if let value = values[name] {
      try setInitial(value, of: tensor, at: index, name: code.name, &versions)
    }
  }

  /// Lets a variable hold a value first.
  private func setInitial(
    _ record: TensorRecord, of tensor: Int, at index: Int, name: String,
    _ versions: inout VariableVersions
  ) throws(ModelRefusal) {
    let (type, found) = (versions.tensors[tensor].type, SubgraphBinding.tensorType(of: record))
    guard found?.element == type.element, found?.shape == type.shape, let value = record.constant
    else {
      throw Self.refusal(
        index, name, .invalid, "\(type), as the variable holds",
        found?.description ?? record.elementName)
    }
    guard versions.setInitial(value, of: tensor) else {
      throw Self.refusal(
        index, name, .unsupported, "variables that no operator before has used", "another")
    }
  }

  private static func refusal(
    _ index: Int, _ name: String, _ kind: OperatorError.Kind, _ expected: String, _ found: String
  ) -> ModelRefusal {
    .rejected(
      node: index, name: name,
      OperatorError(kind, .attribute("init_subgraph"), expected: expected, found: found))
  }

  /// The tensor that VAR_HANDLE makes a handle, and the name; `nil` for other results.
  private func handle(
    _ record: OperatorRecord, at index: Int
  ) throws(ModelRefusal) -> (tensor: Int, name: Name)? {
    guard record.inputs.isEmpty, record.outputs.count == 1 else { return nil }
    let code = model.operatorCodes[record.opcodeIndex]
    func text(_ slot: Int) throws(ModelRefusal) -> String {
      do throws(OptionError) {
        guard record.optionsType == Self.varHandle.options, let options = record.options else {
          return ""
        }
        return try options.text(slot, atMost: Self.largestName)
      } catch {
        throw .options(node: index, name: code.name, error)
      }
    }
    return (record.outputs[0], Name(container: try text(0), shared: try text(1)))
  }

  /// The types of what variables hold: that of the first value that is assigned; of one that is not assigned,
  /// that of the first result it is read as.
  ///
  /// The quantization of what is assigned decides what TensorFlow Lite Micro lets the variable hold first.
  private func typesHeld() -> [Name: TensorType] {
    var names: [Int: Name] = [:]
    var (assigned, read): ([Name: TensorType], [Name: TensorType]) = ([:], [:])
    for (index, record) in subgraph.operators.enumerated() {
      if declares(record) {
        if let found = try? handle(record, at: index) { names[found.tensor] = found.name }
        continue
      }
      guard family(of: record)?.stateHasHandle ?? false,
        let name = record.inputs.first.flatMap({ names[$0] })
      else { continue }
      if record.inputs.count > 1, record.inputs[1] >= 0 {
        let type = SubgraphBinding.tensorType(of: subgraph.tensors[record.inputs[1]])
        if assigned[name] == nil { assigned[name] = type }
      } else if let result = record.outputs.first, read[name] == nil {
        read[name] = SubgraphBinding.tensorType(of: subgraph.tensors[result])
      }
    }
    return assigned.merging(read) { first, _ in first }
  }

  private func family(of record: OperatorRecord) -> (any Operator.Type)? {
    let code = model.operatorCodes[record.opcodeIndex]
    return Catalog.operation(code: code.builtinCode, customName: code.customCode)?.family
  }

  /// Lets variables hold what a subgraph assigns, which may assign constants alone.
  private mutating func initialize(
    _ record: OperatorRecord, at index: Int, name: String, _ versions: inout VariableVersions
  ) throws(ModelRefusal) {
    var part = 0
    do throws(OptionError) {
      if record.optionsType == Self.callOnce.options {
        part = Int(try record.options?.int32(0, default: 0) ?? 0)
      }
    } catch {
      throw .options(node: index, name: name, error)
    }
    guard model.subgraphs.indices.contains(part), part > 0 else {
      throw Self.refusal(
        index, name, .invalid, "another subgraph, of which there are \(model.subgraphs.count)",
        "\(part)")
    }
    guard initializers.insert(part).inserted else { return }
    let assigned = model.subgraphs[part]
    var names: [Int: Name] = [:]
    for (place, record) in assigned.operators.enumerated() {
      let code = model.operatorCodes[record.opcodeIndex]
      if code.builtinCode == Self.varHandle.code,
        let (tensor, variable) = try handle(record, at: index)
      {
        names[tensor] = variable
      } else if code.builtinCode == Self.assignVariable.code, record.inputs.count == 2,
        let variable = names[record.inputs[0]], record.inputs[1] >= 0,
        assigned.tensors[record.inputs[1]].constant != nil,
        assigned.tensors[record.inputs[1]].encoding == .plain
      {
        let value = assigned.tensors[record.inputs[1]]
        values[variable] = value
        if let handle = firstHandles[variable] {
          try setInitial(value, of: handle, at: index, name: name, &versions)
        }
      } else {
        throw Self.refusal(
          index, name, .unsupported,
          "operators that assign constants to variables alone", "\(code.name), operator \(place)")
      }
    }
  }
}

extension FlatTable {
  /// A text of so many bytes at most; empty when absent.
  fileprivate func text(_ slot: Int, atMost largest: Int) throws(OptionError) -> String {
    let characters: FlatVector?
    do throws(ModelError) {
      characters = try vector(Field(slot, "option"), stride: 1)
    } catch {
      throw OptionError(slot: slot, expected: "a text", offset: error.place.offset)
    }
    guard let characters else { return "" }
    guard characters.count <= largest else {
      throw OptionError(
        .unsupported, slot: slot, expected: "at most \(largest) bytes, not \(characters.count)")
    }
    return String(decoding: characters.content.buffer, as: UTF8.self)
  }
}
