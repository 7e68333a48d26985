public import Tensor

/// Why a plan cannot be run at all; nothing outside a buffer is ever touched.
public enum ExecutionError: Error, Hashable, Sendable {
  /// A step reads more of a tensor than the operand's buffer holds.
  case readOutsideBuffer(step: Int, operand: Int, buffer: String, holds: Region, reads: Region)
  /// A step writes more of a tensor than its buffer can hold at one time.
  case writeOutsideBuffer(step: Int, buffer: String, holds: Region, writes: Region)
  /// A network input that is held in a ring: it would not hold all of the input.
  case ringInput(buffer: String)
  /// Elements of a network output that no step leaves behind.
  case outputIncomplete(tensor: String, missing: Int)
  /// More bytes that a network run whole holds at one time than are accepted.
  case tooMuchAtOnce(op: Int, bytes: Int, limit: Int)
  /// Inputs that are not the network's: their number, or the bytes of one of them.
  case inputMismatch(input: Int?, expected: Int, found: Int)
}

extension ExecutionError: CustomStringConvertible {
  /// What is wrong, where, and what was expected.
  public var description: String {
    switch self {
    case .readOutsideBuffer(let step, let operand, let buffer, let holds, let reads):
      "step \(step): operand \(operand) reads \(reads), buffer \(buffer) holds \(holds)"
    case .writeOutsideBuffer(let step, let buffer, let holds, let writes):
      "step \(step): writes \(writes), buffer \(buffer) holds \(holds)"
    case .ringInput(let buffer):
      "buffer \(buffer): a network input is given whole, so it cannot lie in a ring"
    case .outputIncomplete(let tensor, let missing):
      "output \(tensor): \(missing) elements are nowhere after the last step"
    case .tooMuchAtOnce(let op, let bytes, let limit):
      "operator \(op): run whole, the network holds \(bytes) bytes here at one time, expected at most "
        + "\(limit)"
    case .inputMismatch(let input, let expected, let found):
      if let input {
        "input \(input): expected \(expected) bytes, found \(found)"
      } else {
        "expected \(expected) inputs, found \(found)"
      }
    }
  }
}
