import Graph
import Tensor

extension PlanFaultCase {
  /// Faults of the plan's head.
  static let heads: [PlanFaultCase] = [
    PlanFaultCase("sound", []) { _ in },
    PlanFaultCase("no steps, no buffers", []) { ($0.steps, $0.buffers) = ([], []) },
    PlanFaultCase("another model", [.otherModel(expected: hash, found: "0")]) {
      $0.modelHash = "0"
    },
    PlanFaultCase("no profile", [.noSuchProfile("TFLM")]) { $0.profile = "TFLM" },
    PlanFaultCase("the other profile", []) { $0.profile = "litert" },
    PlanFaultCase("alignment 0", [.badAlignment(0)]) { $0.alignment = 0 },
    PlanFaultCase("alignment -16", [.badAlignment(-16)]) { $0.alignment = -16 },
    PlanFaultCase("alignment 24", [.badAlignment(24)]) { $0.alignment = 24 },
    PlanFaultCase("alignment 1", []) { $0.alignment = 1 },
    PlanFaultCase("alignment 2^62", []) { $0.alignment = 1 << 62 },
  ]

  /// Faults of buffers.
  static let buffers: [PlanFaultCase] = [
    spare("sound", []) { _ in },
    spare("a name twice", [.duplicateName("t9")]) { $0.name = "t9" },
    spare("tensor -1", [.badTensor(buffer: "spare", tensor: -1)]) { $0.tensor = -1 },
    spare("tensor 15 of 15", [.badTensor(buffer: "spare", tensor: 15)]) { $0.tensor = 15 },
    spare("a constant", [.badTensor(buffer: "spare", tensor: 1)]) { $0.tensor = 1 },
    spare(
      "int16", [.badElement(buffer: "spare", expected: [.int8, .int32], found: .int16)]
    ) { $0.element = .int16 },
    spare("sums of a convolution", []) { $0.element = .int32 },
    spare(
      "sums of an input", [.badElement(buffer: "spare", expected: [.int8], found: .int32)]
    ) { ($0.tensor, $0.element) = (0, .int32) },
    spare(
      "sums of an ADD", [.badElement(buffer: "spare", expected: [.int8], found: .int32)]
    ) { ($0.tensor, $0.element) = (11, .int32) },
    spare(
      "a row too many",
      [
        .badRegion(
          buffer: "spare", tensor: map, found: Region([0..<1, 0..<17, 0..<12, 0..<8]))
      ]
    ) { $0.region[1] = 0..<17 },
    spare(
      "an axis too few",
      [.badRegion(buffer: "spare", tensor: map, found: Region([0..<1, 0..<16, 0..<12]))]
    ) { $0.region.ranges.removeLast() },
    spare(
      "no rows",
      [.badRegion(buffer: "spare", tensor: map, found: Region([0..<1, 4..<4, 0..<12, 0..<8]))]
    ) { $0.region[1] = 4..<4 },
    spare("rings as long as their axes", []) { $0.rings = [0: 1, 1: 16, 2: 12, 3: 8] },
    spare("ring of 0", [.badRing(buffer: "spare", axis: 1, capacity: 0)]) { $0.rings = [1: 0] },
    spare("ring of -1", [.badRing(buffer: "spare", axis: 1, capacity: -1)]) { $0.rings = [1: -1] },
    spare(
      "rings longer than the region",
      [
        .badRing(buffer: "spare", axis: 1, capacity: 4),
        .badRing(buffer: "spare", axis: 3, capacity: 9),
      ]
    ) { ($0.region[1], $0.rings) = (2..<5, [3: 9, 1: 4, 2: 12]) },
    spare(
      "rings on axes that are not there",
      [
        .badRing(buffer: "spare", axis: -1, capacity: 1),
        .badRing(buffer: "spare", axis: 4, capacity: 1),
      ]
    ) { $0.rings = [4: 1, -1: 1] },
    spare("offset -1", [.badOffset(buffer: "spare", offset: -1)]) { $0.offset = -1 },
    spare("an odd offset is for the checker", []) { $0.offset = 3 },
    spare("at the limit", []) { $0.offset = 1 << 24 - 1536 },
    spare("past the limit", [.tooHigh(buffer: "spare", end: 1 << 24 + 1, limit: 1 << 24)]) {
      $0.offset = 1 << 24 - 1535
    },
    spare("far past the limit", [.tooHigh(buffer: "spare", end: 1 << 60 + 1536, limit: 1 << 24)]) {
      $0.offset = 1 << 60
    },
    spare("host memory for an inner tensor", [.badHost(buffer: "spare")]) { $0.memory = .host },
    spare("host memory for an input", []) { ($0.tensor, $0.memory) = (0, .host) },
    spare("host memory for an output", []) {
      ($0.tensor, $0.memory, $0.region) = (14, .host, output)
    },
    spare("host memory for the sums of an output", [.badHost(buffer: "spare")]) {
      ($0.tensor, $0.memory, $0.region, $0.element) = (14, .host, output, .int32)
    },
    spare("host memory elsewhere", [.badOffset(buffer: "spare", offset: 16)]) {
      ($0.tensor, $0.memory, $0.offset) = (0, .host, 16)
    },
    spare(
      "everything",
      [
        .duplicateName("t0"),
        .badElement(buffer: "t0", expected: [.int8, .int32], found: .bool),
        .badRing(buffer: "t0", axis: 2, capacity: 0), .badOffset(buffer: "t0", offset: -8),
        .badHost(buffer: "t0"),
      ]
    ) {
      $0.name = "t0"
      ($0.element, $0.rings, $0.offset, $0.memory) = (.bool, [2: 0], -8, .host)
    },
  ]
}
