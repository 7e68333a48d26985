import Ops
import TFLite
import Testing

@Suite struct FlatTableTests {
  private func options(
    changing change: (inout FlatFile) -> Void = { _ in }
  ) throws -> (FlatTable, FlatFile) {
    var file = SampleModel.file
    change(&file)
    let operation = try Model(parsing: file.bytes).subgraphs[0].operators[0]
    return (try #require(operation.options), file)
  }

  @Test func presentFields() throws {
    let (options, _) = try options()
    #expect(try options.int8(0, default: 0) == 1)
    #expect(try options.int32(1, default: 0) == 2)
    #expect(try options.int32(2, default: 0) == -3)
    #expect(try options.float32(3, default: 0) == 0.5)
    #expect(try options.bool(4, default: false))
    #expect(try options.int32s(5) == [4, 5])
  }

  @Test(arguments: [-1, 6, 100, Int.max, Int.min]) func absentFieldsHaveDefaults(_ slot: Int) throws
  {
    let (options, _) = try options()
    #expect(try options.int8(slot, default: -7) == -7)
    #expect(try options.int32(slot, default: 70_000) == 70_000)
    #expect(try options.float32(slot, default: 1.5) == 1.5)
    #expect(try options.bool(slot, default: true))
    #expect(try options.int32s(slot) == [])
  }

  @Test func fieldOutsideItsTable() throws {
    let (options, file) = try options {
      $0.patch($0.vtableEntry(of: $0.offset("options"), slot: 1), UInt16(0x7FFF))
    }
    let offset = file.offset("options") + 0x7FFF
    #expect(throws: OptionError(slot: 1, expected: "int8", offset: offset)) {
      try options.int8(1, default: 0)
    }
    #expect(throws: OptionError(slot: 1, expected: "int32", offset: offset)) {
      try options.int32(1, default: 0)
    }
    #expect(throws: OptionError(slot: 1, expected: "float32", offset: offset)) {
      try options.float32(1, default: 0)
    }
    #expect(throws: OptionError(slot: 1, expected: "bool", offset: offset)) {
      try options.bool(1, default: false)
    }
    #expect(throws: OptionError(slot: 1, expected: "a vector of int32", offset: offset)) {
      try options.int32s(1)
    }
  }

  @Test func fieldThatEndsPastItsTable() throws {
    let (options, file) = try options {
      let vtable = $0.vtable(of: $0.offset("options"))
      $0.patch(vtable + 4, UInt16($0.content[vtable + 2]) - 3)
    }
    let end = Int(file.content[file.vtable(of: file.offset("options")) + 2])
    #expect(
      throws: OptionError(
        slot: 0, expected: "int32", offset: file.offset("options") + end - 3)
    ) { try options.int32(0, default: 0) }
    #expect(throws: Never.self) { try options.int8(0, default: 0) }
  }

  @Test(arguments: [UInt32.max, 1 << 30, 100_000]) func vectorPastTheEnd(_ count: UInt32) throws {
    let (options, file) = try options { $0.patch($0.offset("option.vector"), count) }
    #expect(
      throws: OptionError(
        slot: 5, expected: "a vector of int32", offset: file.offset("option.vector"))
    ) { try options.int32s(5) }
  }
}
