public import Tensor

/// Why a plan cannot even be walked: it contradicts itself or its network.
public enum PlanFault: Error, Hashable, Sendable {
  /// The plan names another model file.
  case otherModel(expected: String, found: String)
  /// The plan names a profile that does not exist.
  case noSuchProfile(String)
  /// The plan was made under one profile and is to be used under another.
  case otherProfile(expected: String, found: String)
  /// An alignment that is no power of two.
  case badAlignment(Int)
  /// Two buffers share a name.
  case duplicateName(String)
  /// A buffer of a tensor that the network does not have, or of a constant.
  case badTensor(buffer: String, tensor: Int)
  /// A buffer whose element is neither its tensor's nor that of its operator's sums.
  case badElement(buffer: String, expected: [ElementType], found: ElementType)
  /// A buffer's region that lies outside its tensor.
  case badRegion(buffer: String, tensor: Region, found: Region)
  /// A ring axis that does not exist, or a capacity outside 1 to the region's extent.
  case badRing(buffer: String, axis: Int, capacity: Int)
  /// A negative offset, or a buffer in host or state memory elsewhere than at 0.
  case badOffset(buffer: String, offset: Int)
  /// A buffer that ends past `Plan.largestPeakInBytes`, or far past what all buffers hold.
  case tooHigh(buffer: String, end: Int, limit: Int)
  /// A buffer in host memory that holds no elements of a network input or output.
  case badHost(buffer: String)
  /// A buffer of a variable that is not its whole, in state memory; or one of another tensor there.
  case badState(buffer: String, isVariable: Bool)
  /// A buffer whose stated size is not its exact size.
  case badSize(buffer: String, expected: Int, found: Int)
  /// A step of an operator that the network does not have.
  case noSuchOperator(step: Int, op: Int)
  /// A phase that the operator does not know: it forms no sum.
  case badPhase(step: Int, phase: PlanStep.Phase, operatorName: String)
  /// A step with too many or too few operands.
  case badOperandCount(step: Int, expected: Int, found: Int)
  /// An operand that must have a buffer and has none, or the other way round.
  case badOperand(step: Int, operand: Int, expected: String, found: String)
  /// A buffer index that names no buffer.
  case noSuchBuffer(step: Int, index: Int)
  /// A result that the operator does not have, is missing, or does not belong to the phase.
  case badOutput(step: Int, expected: String, found: String)
  /// A tile that lies outside its tensor.
  case badTile(step: Int, tensor: Region, found: Region)
  /// Destinations of one tensor that state different regions.
  case unequalTiles(step: Int, tensor: String)
  /// A `reduce` box where there is no sum, of the wrong rank, or outside its operand.
  case badReduce(step: Int, expected: String, found: String)
}

extension PlanFault: CustomStringConvertible {
  /// What is wrong, where, and what was expected.
  public var description: String {
    switch self {
    case .otherModel(let expected, let found):
      "model_sha256: the plan is for model \(found), this model is \(expected)"
    case .noSuchProfile(let found): "profile: expected tflm or litert, found \(found)"
    case .otherProfile(let expected, let found):
      "profile: the plan was made under \(found), and \(expected) was asked for"
    case .badAlignment(let found): "alignment: expected a power of two, found \(found)"
    case .duplicateName(let name): "buffer \(name): the name is used twice"
    case .badTensor(let buffer, let tensor):
      "buffer \(buffer): expected the index of an activation, found tensor \(tensor)"
    case .badElement(let buffer, let expected, let found):
      "buffer \(buffer): expected element \(expected.map(\.rawValue).joined(separator: " or ")), "
        + "found \(found)"
    case .badRegion(let buffer, let tensor, let found):
      "buffer \(buffer): expected a region inside \(tensor), found \(found)"
    case .badRing(let buffer, let axis, let capacity):
      "buffer \(buffer): expected a ring of 1 to the region's extent, found \(capacity) "
        + "on axis \(axis)"
    case .badOffset(let buffer, let offset):
      "buffer \(buffer): expected an offset from 0 (0 in host and state memory), found \(offset)"
    case .tooHigh(let buffer, let end, let limit):
      "buffer \(buffer): expected an end of at most \(limit), found \(end)"
    case .badHost(let buffer):
      "buffer \(buffer): expected memory arena, since it holds no elements of a network input or output"
    case .badState(let buffer, true):
      "buffer \(buffer): expected the whole of a variable, without rings, in memory state"
    case .badState(let buffer, false):
      "buffer \(buffer): expected memory arena, since no variable keeps this tensor between runs"
    case .badSize(let buffer, let expected, let found):
      "buffer \(buffer): expected size \(expected), found \(found)"
    case .noSuchOperator(let step, let op):
      "step \(step): expected the index of an operator, found \(op)"
    case .badPhase(let step, let phase, let name):
      "step \(step): expected phase whole, since \(name) forms no sum, found \(phase.rawValue)"
    case .badOperandCount(let step, let expected, let found):
      "step \(step): expected \(expected) operands, found \(found)"
    case .badOperand(let step, let operand, let expected, let found):
      "step \(step): operand \(operand): expected \(expected), found \(found)"
    case .noSuchBuffer(let step, let index):
      "step \(step): expected the index of a buffer, found \(index)"
    case .badOutput(let step, let expected, let found):
      "step \(step): outputs: expected \(expected), found \(found)"
    case .badTile(let step, let tensor, let found):
      "step \(step): expected a tile inside \(tensor), found \(found)"
    case .unequalTiles(let step, let tensor):
      "step \(step): the destinations of \(tensor) state different regions"
    case .badReduce(let step, let expected, let found):
      "step \(step): reduce: expected \(expected), found \(found)"
    }
  }
}
