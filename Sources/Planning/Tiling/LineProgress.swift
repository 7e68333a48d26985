internal import Tensor

/// What changes while a line-buffered group is lowered.
struct LineProgress {
  var draft: PlanDraft
  /// What is made of each tensor, all in all.
  let limits: [Int: Region]
  /// The buffer of each tensor.
  var buffers: [Int: Int]
  /// By tensor, where the rows end that have been made.
  var made: [Int: Int] = [:]
  /// Whether the sums of the last operator have been started.
  var hasSums = false
  /// The tensors that have rings of their own here, in the order in which they were first made.
  private var held: [Int] = []
  /// The most coordinates of each axis that each tensor holds at one time.
  private var capacities: [Int: [Int: Int]] = [:]

  init(draft: PlanDraft, limits: [Int: Region], buffers: [Int: Int]) {
    self.draft = draft
    self.limits = limits
    self.buffers = buffers
  }

  /// The buffer of a tensor, which is made when it is first asked for.
  mutating func buffer(of tensor: Int) -> Int {
    if let buffer = buffers[tensor] { return buffer }
    guard let limit = limits[tensor] else { preconditionFailure("what nobody needs is not made") }
    let buffer = draft.addBuffer(of: tensor, "rows", limit)
    buffers[tensor] = buffer
    held.append(tensor)
    return buffer
  }

  /// Makes room for `count` coordinates of an axis of a tensor.
  mutating func widen(_ tensor: Int, _ axis: Int, _ count: Int) {
    capacities[tensor, default: [:]].merge([axis: count], uniquingKeysWith: max)
  }

  /// The draft, its buffers cut down to what they hold.
  var finishedDraft: PlanDraft {
    var draft = draft
    for tensor in held {
      guard let buffer = buffers[tensor] else { continue }
      for (axis, capacity) in capacities[tensor] ?? [:] {
        draft.setRing(buffer, axis: axis, capacity: capacity)
      }
    }
    return draft
  }
}
