/// Why a tiling cannot be lowered to a plan.
public enum TilingError: Error, Hashable, Sendable {
  /// The tiling names another model file.
  case otherModel(expected: String, found: String)
  /// A group without operators, or with an index that names none, or not in ascending order.
  case badOperators(group: Int, ops: [Int], count: Int)
  /// A group whose last operator has several results: one tensor leaves a group.
  case severalResults(group: Int, op: Int, operatorName: String)
  /// An operator in two groups.
  case sharedOperator(group: Int, op: Int)
  /// A tensor inside the group that an operator outside reads, or that the network returns.
  case escapes(group: Int, tensor: String)
  /// A group that reads, by way of operators outside, what it makes itself.
  case circular(group: Int, ops: [Int])
  /// Boundaries that do not ascend from 0 to the extent of the axis.
  case badCuts(group: Int, axis: String, extent: Int, found: [Int])
  /// A key that the group's mode has no use for.
  case keyOfOtherMode(group: Int, key: String, mode: FusedGroup.Mode)
  /// A step below 1.
  case badStep(group: Int, found: Int)
  /// Operators to be run early that are not in the group, or not in ascending order, or the last one.
  case badEarly(group: Int, found: [Int])
  /// A group whose result has no such axis, or whose axis no operator follows.
  case cannotCut(group: Int, op: Int, operatorName: String, axis: String)
  /// An operator that reads or makes a tensor without elements, of which there are no tiles.
  case emptyTensor(group: Int, op: Int, operatorName: String)
  /// An operator that mixes channels before the end of a channel group.
  case mixesChannels(group: Int, op: Int, operatorName: String)
  /// A group nested where nesting is not defined.
  case badNesting(group: Int, reason: NestingFault)

  /// Why a nested group is refused.
  public enum NestingFault: String, Hashable, Sendable {
    case insideItself = "a recompute group cannot be nested; cut the outer one further"
    case cutTwice = "cuts.height and cuts.width are the outer group's"
    case notContained = "the inner group's operators are not all in the outer one"
  }
}

extension TilingError: CustomStringConvertible {
  /// What is wrong, where, and what was expected.
  public var description: String {
    switch self {
    case .otherModel(let expected, let found):
      "model_sha256: the tiling is for model \(found), this model is \(expected)"
    case .badOperators(let group, let ops, let count):
      "group \(group): ops: expected ascending operator indices below \(count), found \(ops)"
    case .severalResults(let group, let op, let name):
      "group \(group): operator \(op) (\(name)) has several results; a group ends in an operator of "
        + "one"
    case .sharedOperator(let group, let op):
      "group \(group): operator \(op) is in an earlier group already"
    case .escapes(let group, let tensor):
      "group \(group): tensor \(tensor) is also used outside the group, by an operator that ops "
        + "leaves out or as a network output; only the last operator's result may leave it"
    case .circular(let group, let ops):
      "group \(group): an operator outside reads what operators \(ops) make, and they read what it leads to; "
        + "put it in the group, or fewer into it"
    case .badCuts(let group, let axis, let extent, let found):
      "group \(group): cuts.\(axis): expected boundaries ascending from 0 to \(extent), "
        + "found \(found)"
    case .keyOfOtherMode(let group, let key, let mode):
      "group \(group): \(key): mode \(mode.rawValue) has no use for it; remove it"
    case .badStep(let group, let found):
      "group \(group): step: expected at least 1, found \(found)"
    case .badEarly(let group, let found):
      "group \(group): early: expected some of ops, ascending, without the last one, found \(found)"
    case .cannotCut(let group, let op, let name, let axis):
      "group \(group): operator \(op) (\(name)) cannot be cut along its \(axis)"
    case .emptyTensor(let group, let op, let name):
      "group \(group): operator \(op) (\(name)) reads or makes a tensor without elements; leave it out"
    case .mixesChannels(let group, let op, let name):
      "group \(group): operator \(op) (\(name)) mixes channels; "
        + "only the last operator of a channels group may sum over them"
    case .badNesting(let group, let reason): "group \(group): inner: \(reason.rawValue)"
    }
  }
}
