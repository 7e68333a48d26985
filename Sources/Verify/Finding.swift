public import Tensor
public import TiledExec

/// Something wrong with a plan, with place and numbers.
public enum Finding: Hashable, Sendable {
  /// A buffer whose offset is no multiple of the plan's alignment.
  case misaligned(buffer: String, offset: Int, alignment: Int)
  /// A network input that is held in a ring: it would not hold all of the input.
  case ringInput(buffer: String)
  /// A step that reads more of a tensor than its operand's buffer may hold.
  case readOutsideBuffer(step: Int, operand: Int, buffer: String, holds: Region, reads: Region)
  /// A step that writes more of a tensor than its buffer may hold.
  case writeOutsideBuffer(step: Int, buffer: String, holds: Region, writes: Region)
  /// A step that writes more coordinates of a ring axis than the ring has room for.
  case ringTooShort(step: Int, buffer: String, axis: Int, capacity: Int, writes: Range<Int>)
  /// Elements that a step reads but that are not there: `count` of them, the first at `first`.
  case notThere(
    step: Int, operand: Int, tensor: String, count: Int, first: [Int], instead: Occupant)
  /// Sums that a step adds to or finishes but that are not there.
  case sumsNotThere(step: Int, tensor: String, count: Int, first: [Int], instead: Occupant)
  /// A result that covers something that the same step still has to read.
  case overwritesOperand(step: Int, tensor: String, operandTensor: String, count: Int, first: [Int])
  /// Two results of one step that want different elements at one address.
  case overlappingResults(step: Int, first: String, second: String)
  /// Coordinates of the summed operand that a finished sum has added more than once.
  case addedTwice(step: Int, tensor: String, operandTensor: String, count: Int, first: [Int])
  /// Coordinates of the summed operand that a finished sum lacks.
  case notAdded(step: Int, tensor: String, operandTensor: String, count: Int, first: [Int])
  /// Elements of a network output that are nowhere after the last step.
  case outputMissing(tensor: String, count: Int, first: [Int])
  /// A measured peak that is not the planned one.
  case peakNotReached(planned: Int, measured: Int)
}

extension Finding: CustomStringConvertible {
  /// What is wrong, where, and what was expected.
  public var description: String {
    switch self {
    case .misaligned(let buffer, let offset, let alignment):
      "buffer \(buffer): offset \(offset) is no multiple of \(alignment)"
    case .ringInput(let buffer):
      "buffer \(buffer): a network input is given whole, so it cannot lie in a ring"
    case .readOutsideBuffer(let step, let operand, let buffer, let holds, let reads):
      "step \(step): operand \(operand) reads \(reads), buffer \(buffer) holds \(holds)"
    case .writeOutsideBuffer(let step, let buffer, let holds, let writes):
      "step \(step): writes \(writes), buffer \(buffer) holds \(holds)"
    case .ringTooShort(let step, let buffer, let axis, let capacity, let writes):
      "step \(step): writes \(writes.lowerBound)..<\(writes.upperBound) on axis \(axis) at one "
        + "time, the ring of buffer \(buffer) holds \(capacity)"
    case .notThere(let step, let operand, let tensor, let count, let first, let instead):
      "step \(step): operand \(operand) reads \(count) elements of \(tensor) that are not there, "
        + "the first at \(first): \(instead)"
    case .sumsNotThere(let step, let tensor, let count, let first, let instead):
      "step \(step): \(count) sums of \(tensor) are not there, the first at \(first): \(instead)"
    case .overwritesOperand(let step, let tensor, let operandTensor, let count, let first):
      "step \(step): \(count) elements of \(tensor), the first at \(first), overwrite what is "
        + "still to be read of \(operandTensor)"
    case .overlappingResults(let step, let first, let second):
      "step \(step): results in buffers \(first) and \(second) want different elements at one "
        + "address"
    case .addedTwice(let step, let tensor, let operandTensor, let count, let first):
      "step \(step): the sums of \(tensor) hold \(count) elements of \(operandTensor) more than "
        + "once, the first at \(first)"
    case .notAdded(let step, let tensor, let operandTensor, let count, let first):
      "step \(step): the sums of \(tensor) lack \(count) elements of \(operandTensor), "
        + "the first at \(first)"
    case .outputMissing(let tensor, let count, let first):
      "output \(tensor): \(count) elements are nowhere after the last step, the first at \(first)"
    case .peakNotReached(let planned, let measured):
      "peak: \(planned) bytes planned, \(measured) measured"
    }
  }
}
