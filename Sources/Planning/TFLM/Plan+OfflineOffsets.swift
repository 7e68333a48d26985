public import Graph
internal import Tensor

/// Why a plan cannot be written as an offline memory plan: TensorFlow Lite Micro runs every operator whole, in the
/// order of the file, on whole tensors in one arena.
public enum OfflinePlanRefusal: Error, Hashable, Sendable {
  /// Another number of steps than of operators.
  case stepCount(found: Int, expected: Int)
  /// A step of another operator than the file has at that place.
  case order(step: Int, found: Int)
  /// A step that does part of a sum.
  case phase(step: Int, PlanStep.Phase)
  /// A buffer that holds part of a tensor, or its sums, or is a ring.
  case partial(buffer: String)
  /// A tensor in several buffers.
  case copies(tensor: Int)
  /// A buffer in memory that the caller has.
  case host(buffer: String)
  /// A plan whose offsets need not be multiples of 16.
  case alignment(Int)
}

extension OfflinePlanRefusal: CustomStringConvertible {
  /// What was expected, what was found, what to do.
  public var description: String {
    switch self {
    case .stepCount(let found, let expected):
      "expected \(expected) steps, one per operator, found \(found); give a plan without tiles"
    case .order(let step, let found):
      "step \(step): expected operator \(step), found \(found); keep the order of the file"
    case .phase(let step, let phase):
      "step \(step): expected a whole operator, found phase \(phase.rawValue); "
        + "give a plan without partial sums"
    case .partial(let buffer):
      "buffer \(buffer): expected a whole tensor, found part of one; give a plan without tiles"
    case .copies(let tensor):
      "tensor \(tensor): expected one buffer, found several; keep a tensor at one place"
    case .host(let buffer):
      "buffer \(buffer): expected memory arena, found host; place inputs and outputs in the arena"
    case .alignment(let found):
      "alignment: expected a multiple of \(MicroBuffer.alignment), found \(found); "
        + "lay the plan out anew"
    }
  }
}

extension Plan {
  /// The offset of each of a model's tensors, as an offline memory plan has them: `nil` for constants, for
  /// variables, and for what no step reads or makes.
  ///
  /// `tensorCount` is the number of tensors in all subgraphs.
  ///
  /// - Precondition: the plan is bound to `graph`.
  public func offlineOffsets(
    for graph: Graph, tensorCount: Int
  ) throws(OfflinePlanRefusal) -> [Int?] {
    guard alignment % MicroBuffer.alignment == 0 else { throw .alignment(alignment) }
    guard steps.count == graph.nodes.count else {
      throw .stepCount(found: steps.count, expected: graph.nodes.count)
    }
    for (index, step) in steps.enumerated() {
      guard step.op == index else { throw .order(step: index, found: step.op) }
      guard step.phase == .whole else { throw .phase(step: index, step.phase) }
    }
    var offsets = [Int?](repeating: nil, count: tensorCount)
    for buffer in buffers where buffer.memory != .state {
      guard buffer.memory == .arena else { throw .host(buffer: buffer.name) }
      guard buffer.rings.isEmpty, buffer.region == graph.whole(buffer.tensor),
        buffer.element == graph.tensors[buffer.tensor].type.element
      else {
        throw .partial(buffer: buffer.name)
      }
      guard offsets[buffer.tensor] == nil else { throw .copies(tensor: buffer.tensor) }
      offsets[buffer.tensor] = buffer.offset
    }
    return offsets
  }
}
