import TFLite
import Tensor

extension ModelErrorTests {
  static let indices: [ModelErrorCase] = [
    .operation("input past the tensors", ModelNodes.operation(inputs: [0, 2])) {
      .index(
        at: ModelPlace(ModelErrorCase.operation["inputs"][1], $0.offset("operator.inputs") + 8),
        found: 2, count: 2)
    },
    .operation("input -2", ModelNodes.operation(inputs: [-1, -2])) {
      .index(
        at: ModelPlace(ModelErrorCase.operation["inputs"][1], $0.offset("operator.inputs") + 8),
        found: -2, count: 2)
    },
    .operation("output -1", ModelNodes.operation(outputs: [-1])) {
      .index(
        at: ModelPlace(ModelErrorCase.operation["outputs"][0], $0.offset("operator.outputs") + 4),
        found: -1, count: 2)
    },
    .operation("intermediate", ModelNodes.operation(adding: [8: marked([9])])) {
      .index(
        at: ModelPlace(ModelErrorCase.operation["intermediates"][0], $0.offset("vector") + 4),
        found: 9, count: 2)
    },
    .operation(
      "operator code", ModelNodes.operation(adding: [0: FlatNode.number(UInt32.max).marked("code")])
    ) {
      .index(
        at: ModelPlace(ModelErrorCase.operation["opcode_index"], $0.offset("code")),
        found: 0xFFFF_FFFF, count: 1)
    },
    ModelErrorCase("input of the graph", ModelNodes.model(inputs: [0, 1])) {
      .index(
        at: ModelPlace(ModelErrorCase.subgraph["inputs"][1], $0.offset("inputs") + 8), found: 1,
        count: 1)
    },
    ModelErrorCase("output of the graph", ModelNodes.model(outputs: [-1])) {
      .index(
        at: ModelPlace(ModelErrorCase.subgraph["outputs"][0], $0.offset("outputs") + 4), found: -1,
        count: 1)
    },
    .tensor("buffer of a tensor", ModelNodes.tensor(buffer: 1)) {
      .index(
        at: ModelPlace(ModelErrorCase.tensor["buffer"], $0.offset("buffer")), found: 1, count: 1)
    },
    ModelErrorCase("buffer of metadata", ModelNodes.model(adding: [6: metadata(buffer: 7)])) {
      .index(
        at: ModelPlace(.model["metadata"][0]["buffer"], $0.offset("metadata.buffer")), found: 7,
        count: 1)
    },
  ]

  static let constants: [ModelErrorCase] = [
    constantSize("constant too short", [2, 2], 3), constantSize("constant too long", [2, 2], 5),
    constantSize("scalar constant too long", [], 2), constantSize("empty tensor", [0], 1),
    external("external data past the end", offset: 2, size: 1 << 20),
    external("external data from past the end", offset: 1 << 40, size: 1),
    external("external data past 2^64", offset: .max, size: .max),
    .tensor(
      "buffer of 2^32 - 1 bytes", ModelNodes.tensor(buffer: 1),
      buffers: [
        ModelNodes.buffer(), .table([0: FlatNode.vector([1], count: .max).marked("data")]),
      ]
    ) {
      .outside(
        at: ModelPlace(.model["buffers"][1]["data"], $0.offset("data")), .elements,
        byteCount: 0xFFFF_FFFF, available: $0.content.count - $0.offset("data") - 4)
    },
  ]

  static let damages: [ModelErrorCase] = [
    ModelErrorCase("identifier", FlatFile(ModelNodes.model(), identifier: "TFL2")) { _ in
      .identifier(at: ModelPlace(.model, 4), found: Array("TFL2".utf8))
    },
    .damage("version", { $0.patch($0.offset("version"), UInt32(2)) }) {
      .version(at: ModelPlace(.model["version"], $0.offset("version")), found: 2)
    },
    .damage("no subgraph", { $0.patch($0.offset("subgraphs"), UInt32(0)) }) {
      .noSubgraph(
        at: ModelPlace(.model["subgraphs"], fieldOffset(of: $0.offset("root"), slot: 2, in: $0)))
    },
    .damage("root past the end", { $0.patch(0, UInt32.max) }) { _ in
      .outside(at: ModelPlace(.model, 0xFFFF_FFFF), .table, byteCount: 4, available: 0)
    },
    .damage("vtable before the file", { $0.patch($0.offset("root"), Int32.max) }) {
      .outside(
        at: ModelPlace(.model, $0.offset("root") - 0x7FFF_FFFF), .vtable, byteCount: 4,
        available: 0)
    },
    .damage("vtable past the end", { $0.patch($0.offset("root"), Int32.min) }) {
      .outside(
        at: ModelPlace(.model, $0.offset("root") + 0x8000_0000), .vtable, byteCount: 4,
        available: 0)
    },
    .damage("vtable too long", { $0.patch($0.vtable(of: $0.offset("root")), UInt16(0xFFFE)) }) {
      let vtable = $0.vtable(of: $0.offset("root"))
      return .outside(
        at: ModelPlace(.model, vtable), .vtable, byteCount: 0xFFFE,
        available: $0.content.count - vtable)
    },
    .damage("odd vtable", { $0.patch($0.vtable(of: $0.offset("root")), UInt16(7)) }) {
      let vtable = $0.vtable(of: $0.offset("root"))
      return .tableSizes(
        at: ModelPlace(.model, vtable), vtable: 7, table: Int($0.content[vtable + 2]))
    },
    .damage("table of 3 bytes", { $0.patch($0.vtable(of: $0.offset("root")) + 2, UInt16(3)) }) {
      let vtable = $0.vtable(of: $0.offset("root"))
      return .tableSizes(
        at: ModelPlace(.model, vtable), vtable: Int($0.content[vtable]), table: 3)
    },
    .damage("table too long", { $0.patch($0.vtable(of: $0.offset("root")) + 2, UInt16.max) }) {
      .outside(
        at: ModelPlace(.model, $0.offset("root")), .table, byteCount: 0xFFFF,
        available: $0.content.count - $0.offset("root"))
    },
    .damage(
      "field outside its table",
      { $0.patch($0.vtableEntry(of: $0.offset("root"), slot: 0), UInt16(0xFFF0)) }
    ) {
      .outside(
        at: ModelPlace(.model["version"], $0.offset("root") + 0xFFF0), .field, byteCount: 4,
        available: 0)
    },
  ]

  private static func fieldOffset(of table: Int, slot: Int, in file: FlatFile) -> Int {
    table + Int(file.content[file.vtableEntry(of: table, slot: slot)])
  }

  private static func marked(_ indices: [Int32]) -> FlatNode {
    FlatNode.numbers(indices).marked("vector")
  }

  private static func metadata(buffer: UInt32) -> FlatNode {
    .tables([
      .table([0: .string("plan"), 1: FlatNode.number(buffer).marked("metadata.buffer")])
    ])
  }

  private static func constantSize(
    _ name: String, _ shape: [Int32], _ byteCount: Int
  ) -> ModelErrorCase {
    let extents = shape.map(Int.init)
    let buffers = [
      ModelNodes.buffer(), ModelNodes.buffer([UInt8](repeating: 1, count: byteCount)),
    ]
    return .tensor(name, ModelNodes.tensor(shape, buffer: 1), buffers: buffers) {
      .constantSize(
        at: ModelPlace(ModelErrorCase.tensor["buffer"], $0.offset("buffer")), found: byteCount,
        expected: extents.reduce(1, *), element: .int8,
        shape: Shape(checking: extents) ?? Shape())
    }
  }

  private static func external(_ name: String, offset: UInt64, size: UInt64) -> ModelErrorCase {
    let buffer = FlatNode.table([
      1: FlatNode.number(offset).marked("offset"), 2: .number(size),
    ])
    return .tensor(
      name, ModelNodes.tensor(buffer: 1), buffers: [ModelNodes.buffer(), buffer]
    ) {
      .outside(
        at: ModelPlace(.model["buffers"][1]["offset"], $0.offset("offset")), .external,
        byteCount: Int(clamping: size), available: max(0, $0.content.count - Int(clamping: offset)))
    }
  }
}
