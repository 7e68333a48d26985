internal import Graph
internal import Tensor

/// The tensors that stand for what variables hold, one after the other, in the course of a run.
///
/// In the file a variable is one tensor that operators read and change; in a graph each change makes
/// another tensor.
struct VariableVersions {
  /// All tensors of the graph: the file's, then the versions that operators make.
  private(set) var tensors: [GraphTensor]
  /// The versions by the variable's place among `variables`.
  private var versions: [[Int]] = []
  /// The variable that a tensor of the file is.
  private var variableOf: [Int: Int] = [:]
  /// What variables hold before the first run where a file says it, by tensor.
  private var initial: [Int: Bytes] = [:]

  init(_ tensors: [GraphTensor]) { self.tensors = tensors }

  /// The variables, in the order in which they are first used.
  var variables: [Variable] {
    versions.map { Variable(versions: $0, initial: initial[$0[0]]) }
  }

  /// What a variable of the file holds at this place of the run.
  func current(_ tensor: Int) -> Int {
    variableOf[tensor].flatMap { versions[$0].last } ?? tensor
  }

  /// Gives a tensor of the file the shape that the file leaves open.
  mutating func setShape(of tensor: Int, to shape: Shape) {
    var type = tensors[tensor].type
    type.shape = shape
    tensors[tensor] = GraphTensor(name: tensors[tensor].name, type: type)
  }

  /// Lets a tensor of the file stand for what a variable of a type holds.
  mutating func setVariable(_ tensor: Int, _ type: TensorType) {
    tensors[tensor] = GraphTensor(name: tensors[tensor].name, type: type)
  }

  /// Says what a variable holds before the first run; false for one that an operator has changed already.
  mutating func setInitial(_ value: Bytes, of tensor: Int) -> Bool {
    guard variableOf[tensor] == nil else { return false }
    initial[tensor] = value
    return true
  }

  /// Adds what a variable of the file holds after the next change.
  mutating func change(_ tensor: Int) -> Int {
    let variable = variableOf[tensor] ?? versions.count
    if variable == versions.count {
      variableOf[tensor] = variable
      versions.append([tensor])
    }
    let version = versions[variable].count
    let name = "\(tensors[tensor].name) after\(version > 1 ? " \(version)" : "")"
    versions[variable].append(tensors.count)
    tensors.append(GraphTensor(name: name, type: tensors[tensor].type))
    return tensors.count - 1
  }
}
